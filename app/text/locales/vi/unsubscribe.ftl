# Stopping mails of one kind by the link in them.
unsubscribe-title = Ngừng nhận thư
unsubscribe-given = Anh/Chị đang đồng ý nhận:
unsubscribe-others = Chỉ áp dụng cho riêng Anh/Chị. Đồng nghiệp dùng chung hộp thư vẫn nhận thư của họ. Thư về chỗ đã đăng ký (đổi lịch, hủy) vẫn được gửi.
unsubscribe-act = Ngừng nhận thư loại này
unsubscribe-stopped = Anh/Chị sẽ không nhận thư loại này nữa
unsubscribe-again-act = Tôi bấm nhầm, tiếp tục nhận
unsubscribe-again-done = Anh/Chị vẫn nhận thư như trước
