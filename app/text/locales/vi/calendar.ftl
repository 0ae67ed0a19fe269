# Lịch: thư mời từng phiên, lịch để theo dõi.
mail-session-subject = Phiên { $number }: { $title }
mail-session-body = Đây là lời mời lịch cho phiên { $number } của hội thảo Anh/Chị đã đăng ký. Thêm vào lịch để được nhắc.
mail-session-cancelled-subject = Bỏ khỏi lịch phiên { $number }: { $title }
mail-session-cancelled-body = Phiên { $number } không còn trong lịch của Anh/Chị. Lời hủy kèm theo sẽ bỏ phiên này khỏi lịch.

calendar-name-public = Hội thảo – { $office }
calendar-name-own = Lịch của tôi – { $office }
calendar-expected = Cần chuẩn bị: { $expected }
calendar-public = Theo dõi lịch hội thảo (tệp .ics)
calendar-title = Lịch của tôi
calendar-what-organizer = Đưa mọi hội thảo, kể cả bản nháp, vào lịch trên điện thoại hay máy tính của Anh/Chị.
calendar-what-trainer = Đưa các phiên Anh/Chị được mời dạy và các hội thảo được phân công vào lịch trên điện thoại hay máy tính.
calendar-address = Địa chỉ để theo dõi
calendar-subscribe = Mở bằng ứng dụng lịch
calendar-how = Hoặc sao chép địa chỉ và dán vào mục thêm lịch theo địa chỉ của Google Calendar, Outlook hay điện thoại. Lịch tự cập nhật, thường sau vài giờ.
calendar-secret-title = Địa chỉ này là riêng
calendar-secret = Ai có địa chỉ này đều xem được lịch của Anh/Chị. Nếu lỡ gửi cho người khác, hãy tạo địa chỉ mới.
calendar-renew = Tạo địa chỉ mới
calendar-renew-title = Tạo địa chỉ lịch mới?
calendar-renew-what = Địa chỉ hiện nay sẽ không dùng được nữa. Anh/Chị cần thêm địa chỉ mới vào mọi thiết bị đang theo dõi.
calendar-keep = Giữ địa chỉ hiện nay
calendar-renewed-title = Đã có địa chỉ mới
calendar-renewed = Địa chỉ trước không còn dùng được. Hãy thêm địa chỉ dưới đây vào lịch của Anh/Chị.
