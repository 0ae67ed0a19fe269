# Giảng viên: mời dạy, trả lời.
teach-expected = Cần chuẩn bị
teach-expected-by = Hạn
mail-teaching-asked-subject = Mời giảng dạy: { $title }
mail-teaching-asked-body =
    Ban tổ chức mời Anh/Chị giảng dạy một phiên của hội thảo này.
    Vui lòng mở đường dẫn dưới đây để nhận lời hoặc từ chối. Anh/Chị đổi ý được cho đến khi phiên bắt đầu.
mail-teaching-asked-link = Trả lời ban tổ chức
mail-teaching-withdrawn-subject = Không còn mời giảng dạy: { $title }
mail-teaching-withdrawn-body = Ban tổ chức không còn mời Anh/Chị giảng dạy phiên này. Lời hủy kèm theo sẽ bỏ phiên khỏi lịch của Anh/Chị.
deed-ask_to_teach = Mời giảng viên
deed-withdraw_teaching = Rút lời mời giảng viên
deed-answer_teaching = Giảng viên trả lời
teach-title = Mời giảng dạy
teach-lead = Kính gửi { $name }, ban tổ chức mời Anh/Chị giảng dạy phiên dưới đây.
teach-online = Liên kết trực tuyến
teach-workshop = Xem trang hội thảo
teach-call = Cần hỏi thêm, xin gọi ban tổ chức:
teach-accept = Nhận lời
teach-decline = Từ chối
teach-asked-title = Chưa trả lời
teach-asked = Xin Anh/Chị chọn nhận lời hoặc từ chối ở cuối trang.
teach-accepted-title = Anh/Chị đã nhận lời
teach-accepted = Cảm ơn Anh/Chị. Anh/Chị đổi ý được cho đến khi phiên bắt đầu.
teach-declined-title = Anh/Chị đã từ chối
teach-declined = Câu trả lời hiện ở trang của ban tổ chức. Anh/Chị vẫn nhận lời lại được cho đến khi phiên bắt đầu, nếu chưa vướng lịch khác.
teach-closed-title = Hội thảo đã hủy
teach-closed = Anh/Chị không phải trả lời nữa.
teach-page = Giảng viên: { $title }
teach-nobody = Chưa mời ai dạy phiên này.
teach-no-email = Không có địa chỉ e-mail: hãy gọi điện để mời.
teach-answered-at = Trả lời lúc { $at }
teach-withdraw = Rút lời mời
teach-withdraw-title = Rút lời mời này?
teach-withdraw-told = Giảng viên sẽ nhận thư báo, và phiên này được bỏ khỏi lịch của họ.
teach-withdraw-untold = Giảng viên không có địa chỉ e-mail nên không được báo tự động. Hãy gọi điện cho họ.
teach-keep = Giữ lời mời
teach-by = Hạn: { $at }
teach-too-late = Không còn phiên nào sắp diễn ra để mời giảng viên.
teach-no-trainers = Danh bạ chưa có giảng viên nào. Thêm giảng viên rồi mời ở đây.
teach-choose = Chọn giảng viên
teach-expected-hint = Ví dụ: bài giảng, phiếu bài tập.
teach-ask-title = Mời giảng viên
teach-ask-hint = Giảng viên có địa chỉ e-mail nhận được thư mời với liên kết để trả lời và lời mời lịch. Mời lại người đã mời sẽ thay nội dung cần chuẩn bị và hỏi lại.
teach-ask = Gửi lời mời
teach-done-asked-title = Đã mời
teach-done-asked = Câu trả lời của giảng viên hiện ở đây.
teach-done-withdrawn-title = Đã rút lời mời
teach-done-withdrawn = Giảng viên không còn được mời dạy phiên này.
teach-late = Quá hạn
teach-answer = Trả lời của giảng viên
mail-teaching-moved-subject = Đổi lịch giảng dạy: { $title }
mail-teaching-moved-body =
    Phiên Anh/Chị được mời giảng dạy ở “{ $title }” nay có thời gian hoặc địa điểm khác.
    Mong Anh/Chị xem lại và cho biết có tham gia được không.
teach-named-title = Có tên trong chương trình
teach-named = Ban tổ chức đã ghi tên Anh/Chị trong chương trình của phiên này.
mail-teaching-declined-subject = Anh/Chị đã từ chối giảng dạy: { $title }
mail-teaching-declined-body =
    Ban tổ chức đã nhận được câu trả lời. Lời hủy kèm theo sẽ bỏ phiên khỏi lịch của Anh/Chị.
    Nếu đổi ý, Anh/Chị vẫn nhận lời lại được cho đến khi phiên bắt đầu, miễn là chưa vướng lịch khác.
mail-teaching-accepted-subject = Anh/Chị đã nhận lời giảng dạy: { $title }
mail-teaching-accepted-body = Cảm ơn Anh/Chị đã nhận lời. Lời mời lịch kèm theo đưa phiên này trở lại lịch của Anh/Chị.
teach-feed = Lịch tất cả các phiên Anh/Chị giảng dạy
teach-feed-secret = Ai có địa chỉ này đều xem được lịch của Anh/Chị. Xin giữ riêng.
teach-decline-title = Từ chối giảng dạy?
teach-decline-what = Ban tổ chức thấy ngay trong việc cần xử lý và sẽ tìm người khác. Anh/Chị vẫn nhận lời lại được cho đến khi phiên bắt đầu, nếu chưa vướng lịch khác.
teach-decline-back = Chưa, quay lại
teach-in-agenda = Có tên trong chương trình của phiên này, chưa được mời.
teach-unasked = Chưa mời
teach-ask-named = Mời
teach-not-in-agenda = Chưa có tên trong chương trình của phiên này.
teach-to-agenda = Sửa chương trình
