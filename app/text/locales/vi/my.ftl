# The registrant's own page.
my-title = Đăng ký của tôi
my-state-booked = Anh/Chị đã có chỗ.
my-state-running = Hội thảo đang diễn ra, Anh/Chị đã có chỗ.
my-state-waiting = Anh/Chị ở danh sách chờ, thứ tự { $position }.
my-state-requested = Ban tổ chức đang xem xét đăng ký của Anh/Chị.
my-state-offered = Có một chỗ dành cho Anh/Chị, giữ đến { $until }.
my-state-declined = Ban tổ chức không nhận được đăng ký này.
my-state-lapsed = Đã quá hạn nhận chỗ.
my-state-too-late = Hội thảo đã bắt đầu, danh sách chờ đã đóng.
my-state-held = Hội thảo đã kết thúc.
my-state-called-off = Hội thảo đã hủy, mong Anh/Chị thông cảm.
my-state-cancelled = Đăng ký này đã hủy.
my-state-substituted = Đã có người dự thay Anh/Chị.
my-qr = Mã QR để điểm danh
my-code = Mã điểm danh
my-next-booked =
    Khi đến, Anh/Chị đưa mã này ở bàn điểm danh. Đọc mã cũng được.
    Xin Anh/Chị lưu hoặc chụp lại trang này. Trang là của riêng Anh/Chị, xin đừng chuyển cho người khác.
my-next-waiting =
    Khi có người hủy, ai chờ trước được chỗ trước. Khi Anh/Chị có chỗ, trang này báo ngay và hiện mã QR.
    Xin Anh/Chị lưu địa chỉ trang này và mở lại trước ngày hội thảo. Khi chưa có chỗ, xin Anh/Chị đừng đến.
my-next-held = Cảm ơn Anh/Chị đã đăng ký.
my-next-requested =
    Khi ban tổ chức quyết định, trang này báo ngay. Ai chưa được xét khi hết hạn đăng ký thì coi như không có chỗ, và được báo.
    Xin Anh/Chị lưu địa chỉ trang này.
my-next-offered = Xin Anh/Chị bấm nhận chỗ trước thời hạn. Quá hạn, chỗ được chuyển cho người chờ tiếp theo.
my-again = Đăng ký lại
my-others = Xem các hội thảo sắp tới
my-details = Thông tin đăng ký
my-name = Đại biểu
my-calendar = Thêm vào lịch
my-call = Cần sửa thông tin hoặc rút lại sự đồng ý, xin Anh/Chị gọi điện hoặc viết thư cho ban tổ chức:
my-cancel-offer = Tôi không dự được
my-cancel-title = Hủy đăng ký
my-cancel-booked = Chỗ này sẽ dành cho người khác. Mã điểm danh không dùng được nữa. Sau này Anh/Chị có thể đăng ký lại khi còn hạn, nhưng có thể phải chờ.
my-cancel-waiting = Anh/Chị sẽ ra khỏi danh sách chờ. Nếu đăng ký lại, Anh/Chị chờ từ cuối danh sách.
my-cancel-act = Hủy đăng ký
my-cancel-back = Giữ đăng ký
my-cancelled-title = Đã hủy theo ý Anh/Chị
my-cancelled-text = Cảm ơn Anh/Chị đã báo trước.
my-online = Dự trực tuyến
