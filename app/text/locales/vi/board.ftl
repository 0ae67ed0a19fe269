# The board of a hall.
board-arrived = đã đến
board-roles = Theo đối tượng
board-places = Theo đơn vị
board-more = và { $number } đơn vị khác
board-provisional = Số tạm tính, cập nhật ngay khi có người đến.
board-lost = Mất kết nối, số đang dừng. Trang tự nối lại.
board-back = Về màn hình điểm danh
board-link = Bảng số liệu trực tiếp
