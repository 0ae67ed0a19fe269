# Khi một việc không làm được: vì sao, và nên làm gì.
failure-invalid = Có ô cần sửa. Hãy xem lời nhắc ở từng ô.
failure-not_found = Không có gì ở địa chỉ này. Hãy kiểm tra lại địa chỉ, hoặc bắt đầu từ trang đầu.
failure-sign_in_needed = Vui lòng đăng nhập trước.
failure-forbidden = Tài khoản của Anh/Chị không được làm việc này. Nếu cần, hãy liên hệ ban tổ chức.
failure-wrong_password = E-mail hoặc mật khẩu chưa đúng. Hãy kiểm tra cả hai rồi thử lại.
failure-throttled = Đã nhập sai quá nhiều lần. Hãy đợi { $minutes } phút rồi thử lại.
failure-expired = Liên kết này đã hết hạn. Hãy xin ban tổ chức liên kết mới.
failure-internal = Máy chủ chưa làm xong việc này. Hãy thử lại sau vài phút; nếu vẫn vậy, hãy báo ban tổ chức mã { $reference }.

conflict-already_registered = Người này đã đăng ký hội thảo này rồi. Nếu trước đây có cho e-mail, liên kết đã được gửi đến đó.
conflict-registration_not_open = Chưa đến thời gian đăng ký. Hãy quay lại khi mở đăng ký.
conflict-registration_closed = Đã hết hạn đăng ký. Nếu vẫn muốn dự, hãy liên hệ ban tổ chức.
conflict-invitation_only = Hội thảo này chỉ dành cho đại biểu được đơn vị có giấy mời cử đi. Nếu đơn vị có giấy mời, hãy mở liên kết hoặc mã QR trên giấy; nếu chưa, hãy liên hệ ban tổ chức.
conflict-offer_over = Đã quá hạn nhận chỗ, nên chỗ này được chuyển cho người chờ tiếp theo. Nếu còn hạn, Anh/Chị có thể đăng ký lại để chờ.
conflict-not_allowed_now = Hiện không làm được việc này nữa vì tình trạng đã thay đổi. Hãy tải lại trang để xem.
conflict-key_reused = Yêu cầu này mang mã của một yêu cầu khác. Hãy mở lại biểu mẫu, hoặc dùng mã mới.
conflict-nothing_to_send = Chưa có gì để gửi. Hãy tải tài liệu lên, và đợi có người đã dự và đồng ý nhận.
conflict-not_empty = Cơ sở dữ liệu đã có dữ liệu nên không nạp dữ liệu minh họa. Hãy dùng một cơ sở dữ liệu trống.
conflict-account_exists = Đã có tài khoản dùng e-mail này. Hãy dùng e-mail khác.
conflict-demo_not_here = Tài khoản minh họa chỉ dùng được ngay trên máy chủ (127.0.0.1 hoặc localhost). Hãy xin người quản trị một tài khoản riêng.
conflict-outdated = Có người vừa thay đổi hội thảo này. Hãy mở lại trang để xem thông tin mới rồi làm lại.
conflict-nothing_changed = Thời gian và địa điểm vẫn như cũ, nên không có gì để đổi.
conflict-teaches_elsewhere = Anh/Chị đã có buổi dạy khác vào giờ này. Xin gọi ban tổ chức để sắp xếp.
