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
my-state-has-another = Anh/Chị đã có đăng ký khác cho hội thảo này.
my-has-another-link = Nhận lại liên kết của đăng ký đó
my-state-substituted = Đã có người dự thay Anh/Chị.
my-substituted-call = Nếu có nhầm lẫn, xin Anh/Chị gọi ban tổ chức:
my-qr = Mã QR để điểm danh
my-code = Mã điểm danh
my-next-booked =
    Khi đến, Anh/Chị đưa mã này ở bàn điểm danh. Đọc mã cũng được.
    Xin Anh/Chị lưu hoặc chụp lại trang này. Trang là của riêng Anh/Chị, xin đừng chuyển cho người khác.
my-next-online =
    Anh/Chị dự qua liên kết trực tuyến ở trang này; mã trên đây để ban tổ chức điểm danh.
    Xin Anh/Chị lưu lại trang này. Trang là của riêng Anh/Chị, xin đừng chuyển cho người khác.
my-next-waiting =
    Ai chờ trước được mời nhận chỗ trước. Nhóm đăng ký cùng nhau chờ đến khi đủ chỗ cho mọi người trong nhóm; khi nhóm ấy ở đầu danh sách thì không ai chờ sau vượt lên, dù còn chỗ trống.
    Khi đến lượt, chỗ được giữ cho Anh/Chị { $hours } giờ, gần ngày hội thảo thì ngắn hơn; quá hạn, chỗ chuyển cho người sau. Ban tổ chức báo qua e-mail hoặc gọi điện, và trang này báo ngay: xin Anh/Chị lưu địa chỉ và mở lại mỗi ngày. Khi chưa có chỗ, xin Anh/Chị đừng đến.
my-next-held = Cảm ơn Anh/Chị đã đăng ký.
my-next-requested =
    Khi ban tổ chức quyết định, trang này báo ngay. Đến { $by } mà chưa được xét thì coi như không có chỗ, và được báo.
    Xin Anh/Chị lưu địa chỉ trang này.
my-next-offered = Xin Anh/Chị bấm nhận chỗ trước thời hạn. Quá hạn, chỗ được chuyển cho người chờ tiếp theo.
my-again = Đăng ký lại
my-others = Xem các hội thảo sắp tới
my-details = Thông tin đăng ký
my-name = Đại biểu
my-calendar = Thêm vào lịch
my-workshop = Xem chương trình, tài liệu của hội thảo
my-call = Cần giúp đỡ, xin Anh/Chị gọi điện hoặc viết thư cho ban tổ chức:
my-cancel-offer = Tôi không dự được
my-cancel-title = Hủy đăng ký
my-cancel-booked = Chỗ này sẽ dành cho người khác. Mã điểm danh không dùng được nữa. Sau này Anh/Chị có thể đăng ký lại khi còn hạn, nhưng có thể phải chờ.
my-cancel-waiting = Anh/Chị sẽ ra khỏi danh sách chờ. Nếu đăng ký lại, Anh/Chị chờ từ cuối danh sách.
my-cancel-act = Hủy đăng ký
my-cancel-back = Giữ đăng ký
my-cancelled-title = Đã hủy theo ý Anh/Chị
my-cancelled-text = Cảm ơn Anh/Chị đã báo trước.
my-online = Dự trực tuyến
my-save = Lưu ảnh mã QR vào máy
my-contact = Liên hệ
my-contact-ending = Số điện thoại có đuôi { $end }
my-contact-kept = Số này được ghi ở một đăng ký khác, nên không hiện ra và không sửa ở đây. Muốn đổi, xin mở trang của đăng ký ấy, hoặc gọi ban tổ chức:
my-contact-none = Chưa có số điện thoại và e-mail
my-contact-change = Sửa điện thoại, e-mail
my-contact-title = Sửa điện thoại, e-mail
my-contact-phone-hint = Để ban tổ chức báo khi có thay đổi. Để trống thì số cũ bị xóa, trừ khi Anh/Chị còn đăng ký khác.
my-contact-email-hint = Thư về đăng ký này sẽ gửi đến đây. Để trống thì không gửi thư nữa.
my-contact-act = Lưu
my-contact-done = Đã lưu liên hệ mới
my-contact-done-text = Từ nay ban tổ chức liên hệ với Anh/Chị theo thông tin này.
my-back = Quay lại
my-accept = Nhận chỗ này
my-accepted-title = Anh/Chị đã nhận chỗ
my-accepted-text = Hẹn gặp Anh/Chị ở hội thảo.
my-consents-title = Đồng ý về dữ liệu cá nhân
my-consents-yes = Đã đồng ý.
my-consents-no = Không đồng ý.
my-consents-change = Đồng ý thêm hoặc rút lại
my-consents-hint = Bỏ chọn là rút lại, không ảnh hưởng gì khác.
my-consents-act = Lưu lựa chọn
my-consents-pending = Anh/Chị có đồng ý không?
my-consents-pending-text = Người khác đã đăng ký giúp Anh/Chị. Cho đến khi Anh/Chị đồng ý, chúng tôi chỉ dùng thông tin này để giữ chỗ.
my-consents-done = Đã lưu lựa chọn
my-consents-done-text = Lựa chọn có hiệu lực ngay.
my-substitute-link = Cử người khác dự thay
my-substitute-title = Cử người dự thay
my-substitute-text = Chỗ của { $name } chuyển ngay cho người dưới đây, cùng đơn vị. Mã cũ không dùng được nữa; người dự thay có mã riêng.
my-substitute-act = Chuyển chỗ
my-substitute-done = Đã chuyển chỗ
my-substitute-done-text = Xin Anh/Chị gửi địa chỉ dưới đây cho { $name }: đó là trang riêng của người ấy, có mã điểm danh.
my-substitute-address = Trang riêng của { $name }
my-lost-link = Đã đăng ký mà mất liên kết?
my-lost-title = Gửi lại liên kết
my-lost-text = Nhập e-mail đã ghi khi đăng ký hoặc đã nhận thư mời. Liên kết đến các đăng ký và thư mời còn hiệu lực được gửi đến đó.
my-lost-hint = Mỗi liên kết chỉ gửi lại một lần trong ngày.
my-lost-act = Gửi lại liên kết
my-lost-sent = Đã nhận yêu cầu
my-lost-sent-text = Nếu có đăng ký với e-mail này, thư sẽ đến trong vài phút. Nếu không thấy, xin xem mục thư rác.
my-lost-call = Không có e-mail? Xin Anh/Chị gọi ban tổ chức:
my-answers-title = Ban tổ chức hỏi thêm
my-answers-act = Lưu trả lời
my-answers-change = Xem và sửa trả lời của tôi
my-answers-missing = Ban tổ chức hỏi thêm Anh/Chị
my-answers-link = Trả lời
my-answers-done = Đã lưu trả lời
my-answers-done-text = Cảm ơn Anh/Chị.
my-materials = Tài liệu dành cho Anh/Chị
