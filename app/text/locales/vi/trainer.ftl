# The trainer's home.
trainer-title = Hội thảo của tôi
trainer-coming = Sắp tới
trainer-held = Đã qua
trainer-empty = Anh/Chị chưa được phân công hội thảo nào. Ban tổ chức phân công thì hội thảo hiện ở đây.
trainer-numbers-coming = Đã giữ { $booked } / { $capacity } chỗ
trainer-numbers-held = Đăng ký { $registered }, có mặt { $attended }
trainer-expected = Xin Anh/Chị tải tài liệu lên trước { $at }.
trainer-expected-late = Người dự đang chờ tài liệu. Xin Anh/Chị tải lên sớm.
trainer-no-files = Chưa có tài liệu
trainer-files = { $number } tệp
trainer-materials = Tài liệu
