# Thư mời gửi các đơn vị, và đơn vị cử đại biểu.
InvitationState-unsent = Chưa gửi
InvitationState-sent = Đã gửi, chờ trả lời
InvitationState-answered = Đã cử đại biểu
InvitationState-declined = Không cử người
InvitationState-withdrawn = Đã rút lại

mail-invited-subject = Thư mời cử đại biểu: { $title }
mail-invited-body =
    Ban tổ chức trân trọng mời { $establishment } cử { $quota } đại biểu dự hội thảo “{ $title }”.
    Xin quý đơn vị gửi danh sách đại biểu trước { $by } tại trang riêng của đơn vị, theo liên kết dưới đây. Không cần tài khoản. Cũng tại trang đó, đơn vị đổi tên đại biểu được đến hết hạn, và báo được nếu không cử người.
    Liên kết là của riêng đơn vị, xin đừng chuyển cho nơi khác.
mail-lost-invitation-body =
    Theo yêu cầu gửi lại liên kết, dưới đây là trang riêng để { $establishment } cử { $quota } đại biểu dự hội thảo “{ $title }”, đến hết { $by }. Những gì đã gửi vẫn giữ nguyên.
    Liên kết là của riêng đơn vị, xin đừng chuyển cho nơi khác. Nếu Anh/Chị không yêu cầu, xin bỏ qua thư này.
mail-lost-invitation-late-subject = Trang riêng của đơn vị: { $title }
mail-lost-invitation-late-body =
    Theo yêu cầu gửi lại liên kết, dưới đây là trang riêng của { $establishment } cho hội thảo “{ $title }”, có tên những người đã cử. Hạn cử đại biểu đã qua; người đã có chỗ mà bận thì vẫn đổi được người khác đi thay tại trang đó.
    Liên kết là của riêng đơn vị, xin đừng chuyển cho nơi khác. Nếu Anh/Chị không yêu cầu, xin bỏ qua thư này.
mail-lost-invitation-link = Mở trang của đơn vị
invite-letter-body =
    Ban tổ chức trân trọng mời { $establishment } cử { $quota } đại biểu dự hội thảo “{ $title }”.
    Xin quý đơn vị gửi danh sách đại biểu trước { $by } tại trang riêng của đơn vị, theo liên kết hoặc mã QR kèm thư này. Không cần tài khoản. Cũng tại trang đó, đơn vị đổi tên đại biểu được đến hết hạn, và báo được nếu không cử người.
    Liên kết là của riêng đơn vị, xin đừng chuyển cho nơi khác.
mail-invited-link = Cử đại biểu
mail-fact-quota = Số đại biểu
mail-fact-quota-value = { $quota } người
mail-fact-answer-by = Trả lời trước
mail-uninvited-subject = Rút lại thư mời: { $title }
mail-uninvited-body =
    Ban tổ chức xin rút lại thư mời { $establishment } cử đại biểu dự hội thảo “{ $title }”. Đơn vị không phải trả lời nữa.
    Đại biểu đã được cử vẫn giữ nguyên đăng ký. Mong quý đơn vị thông cảm.
invite-zalo =
    Kính gửi { $name },
    Ban tổ chức mời quý đơn vị cử đại biểu dự hội thảo.
    { $facts }
    Cử đại biểu tại: { $link }

invite-title = Thư mời
invite-page = Thư mời: { $title }
invite-empty-title = Chưa mời đơn vị nào
invite-empty = Chọn các đơn vị và số đại biểu mỗi nơi được cử. Mỗi đơn vị có một liên kết riêng để gửi tên, qua e-mail, thư in hoặc Zalo.
invite-act = Mời đơn vị
invite-parts = Lọc thư mời theo tình trạng
invite-none = Không có thư mời nào ở mục này.
invite-show-all = Xem tất cả thư mời
invite-col-named = Đã cử
invite-named = { $named } / { $quota }
invite-named-sum = Đơn vị mời còn được cử { $open } người; { $booked } người đã giữ chỗ.
invite-short-title = Mời nhiều hơn số chỗ
invite-short = Nếu các đơn vị cử đủ, sẽ thừa { $short } người so với số chỗ. Người đến sau khi hết chỗ vào danh sách chờ.
invite-mail-all = Gửi e-mail cho { $count } đơn vị
invite-print-all = In thư chưa gửi
invite-draft-title = Hội thảo chưa công bố
invite-draft = Anh/Chị chuẩn bị thư mời được ngay bây giờ, và gửi khi hội thảo đã công bố.
invite-done-title = Đã xong
invite-done-made = Đã lập { $count } thư mời, chưa gửi. Hãy gửi e-mail, in thư hoặc gửi qua Zalo.
invite-done-known = { $count } đơn vị đã được mời từ trước, thư mời giữ nguyên.
invite-done-contacts = Đã ghi người liên hệ cho { $count } thư mời chưa có.
invite-done-kept = { $count } thư mời giữ người liên hệ đã có; muốn đổi, xin mở thư mời đó.
invite-to-quota = Đến số đại biểu mỗi đơn vị
invite-done-mailed = E-mail đã vào hàng gửi. Xem trang Thư để biết thư nào không đến.
invite-done-sent = Đã ghi là đã gửi.
invite-done-revised = Đã lưu. Đơn vị thấy số đại biểu và hạn mới trên trang của họ; họ không được báo tự động.
invite-done-withdrawn = Thư mời đã được rút lại. Liên kết của đơn vị không gửi tên được nữa.
invite-none-mailed = Không có thư nào được gửi: các đơn vị còn lại không có địa chỉ e-mail, hoặc đã được gửi rồi.

invite-new-title = Chọn đơn vị để mời
invite-search = Tên đơn vị
invite-any = Tất cả
invite-locality = Địa bàn
invite-unreached = Chỉ đơn vị chưa có ai từng dự
invite-find = Tìm
invite-found = { $count } đơn vị chưa được mời.
invite-found-more = Chỉ hiện { $shown } đơn vị đầu. Hãy lọc bớt.
invite-not-found = Không có đơn vị nào như vậy, hoặc đã được mời.
invite-chosen = Đã chọn trước đó
invite-all-found = Chọn tất cả đơn vị đang hiện
invite-reached = Từng dự
invite-reached-yes = Đã có người dự
invite-reached-no = Chưa có ai dự
invite-quota-each = Số đại biểu mỗi đơn vị
invite-quota-each-hint = Dùng cho tất cả; bước sau sửa được cho từng đơn vị.
invite-next = Tiếp tục
invite-details-title = Số đại biểu và người liên hệ
invite-second = Lời mời thứ hai của cùng cơ sở: hai liên kết đều dùng được.
invite-details-lead = Người liên hệ không phải là đại biểu. Ô nào chưa biết thì để trống.
invite-lang-hint = Ngôn ngữ của thư.
invite-answer-by-hint = Trước hạn này đơn vị cử và đổi được tên; sau hạn chỉ người đã có chỗ được đổi.
invite-make = Lập { $count } thư mời
invite-back = Chọn lại đơn vị

invite-one-back = Tất cả thư mời
invite-state = Tình trạng
invite-sent-at = Gửi lúc
invite-not-sent = Chưa gửi
invite-contact = Người liên hệ
invite-no-contact = Chưa có
invite-nominees = Đại biểu đã cử
invite-nominees-none = Đơn vị chưa cử ai.
invite-send-title = Gửi thư mời
invite-mail-one = Gửi e-mail đến { $address }
invite-no-email = Chưa có địa chỉ e-mail của người liên hệ: hãy in thư hoặc gửi qua Zalo.
invite-print-one = In thư mời
invite-zalo-label = Tin nhắn Zalo
invite-zalo-hint = Chép cả đoạn, kèm liên kết riêng của đơn vị.
invite-mark-sent = Đã gửi thư này
invite-edit-title = Sửa thư mời
invite-save = Lưu thay đổi
invite-withdraw-link = Rút lại thư mời
invite-withdraw-title = Rút lại thư mời này?
invite-withdraw-text = Đơn vị { $name } không gửi tên được nữa, và thư chưa đi sẽ không gửi.
invite-withdraw-named = { $count } đại biểu đã cử vẫn giữ đăng ký. Nếu cần, hãy hủy từng người trong danh sách đại biểu.
invite-withdraw-told = Người liên hệ sẽ nhận e-mail báo.
invite-withdraw-untold = Người liên hệ không được báo tự động: xin Anh/Chị gọi cho họ.
invite-withdraw-act = Rút lại
invite-withdraw-keep = Giữ thư mời

invite-print-title = In thư mời
invite-print-hint = In trang này từ trình duyệt, mỗi thư một tờ. Khi đã gửi thư đi, hãy bấm nút dưới đây.
invite-print-none = Không còn thư nào chưa gửi.
invite-print-done = Đã gửi { $count } thư này
invite-print-to = Kính gửi: { $name }
invite-print-attention = Người nhận: { $name }
invite-print-qr = Mã QR dẫn đến trang cử đại biểu
invite-print-link = Trang cử đại biểu của đơn vị:
invite-print-kind = GIẤY MỜI
invite-print-state = CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
invite-print-motto = Độc lập - Tự do - Hạnh phúc
invite-print-number = Số:          /GM
invite-print-recipients = Nơi nhận:
invite-print-above = - Như trên;
invite-print-filed = - Lưu: VT.
invite-print-signature = THỦ TRƯỞNG ĐƠN VỊ

invite-cockpit = Thư mời
invite-cockpit-count = { $all } đơn vị được mời, { $answered } đã trả lời
invite-cockpit-none = Chưa mời đơn vị nào

nominate-title = Cử đại biểu
nominate-lead = Kính gửi { $name }, ban tổ chức mời quý đơn vị cử { $quota } đại biểu dự hội thảo này.
nominate-quota = Số đại biểu
nominate-quota-left = Đã cử { $named } trên { $quota } người, còn cử được { $left } người
nominate-quota-full = Đã cử { $named } trên { $quota } người, đã đủ
nominate-quota-named = Đã cử { $named } trên { $quota } người
nominate-unsent-title = Danh sách chưa được gửi
nominate-unsent = Những gì Anh/Chị đã nhập vẫn còn ở dưới. Nếu cần gấp, xin gọi ban tổ chức; khi ban tổ chức gia hạn, Anh/Chị bấm gửi lại là được.
nominate-unsent-over = Không cử người được nữa. Những gì Anh/Chị đã nhập vẫn còn ở cuối trang, để xem lại hoặc chép ra.
nominate-typed-title = Những gì Anh/Chị đã nhập
nominate-deadline = Hạn cử đại biểu
nominate-call = Cần hỏi thêm, xin gọi ban tổ chức:
nominate-withdrawn-title = Thư mời đã được rút lại
nominate-withdrawn = Đơn vị không phải trả lời nữa. Đại biểu đã cử vẫn giữ đăng ký.
nominate-called-off-title = Hội thảo đã hủy
nominate-called-off = Mong quý đơn vị thông cảm.
nominate-held-title = Hội thảo đã kết thúc
nominate-held = Cảm ơn quý đơn vị.
nominate-late-title = Đã hết hạn cử đại biểu
nominate-late = Không thêm được người mới. Người đã có chỗ mà bận thì vẫn đổi được người khác đi thay, đến khi điểm danh.
nominate-declined-title = Đơn vị đã báo không cử người
nominate-declined = Lý do: { $reason }
nominate-declined-again = Nếu đổi ý, xin cử đại biểu ở dưới trước khi hết hạn.
nominate-done-title = Đã ghi nhận
nominate-done-named = Danh sách ở dưới có tình trạng và mã điểm danh của từng người. Xin chuyển cho mỗi người trang riêng của họ.
nominate-done-changed = Đã đổi. Xin báo cho những người liên quan.
nominate-done-removed = Đại biểu này không còn trong danh sách của đơn vị.
nominate-done-declined = Ban tổ chức đã biết. Cảm ơn quý đơn vị đã báo.
nominate-named = Đại biểu đã cử
nominate-code = Mã điểm danh: { $code }
nominate-ticket = Trang riêng của đại biểu
nominate-waiting = Thứ tự chờ: { $position }
nominate-waiting-rule-title = Có đại biểu ở danh sách chờ
nominate-waiting-rule = Mỗi đại biểu chờ riêng, ai chờ trước được mời nhận chỗ trước. Nhóm do một người đăng ký cùng nhau chờ đến khi đủ chỗ cho cả nhóm; khi nhóm ấy ở đầu danh sách thì không ai chờ sau vượt lên, dù còn chỗ trống. Người chưa có chỗ xin đừng đến.
nominate-offered = Có chỗ, giữ đến { $until }. Đại biểu nhận chỗ trên trang riêng.
nominate-phone-title = { $count } đại biểu ghi số điện thoại trùng với người khác
nominate-phone-text = Ban tổ chức sẽ gọi số ấy. Ai có số riêng, xin bấm “Đổi người”, giữ nguyên tên rồi sửa số.
nominate-change = Đổi người
nominate-remove = Bỏ người này
nominate-form-title = Cử đại biểu
nominate-consent = Thông tin của đại biểu chỉ dùng để tổ chức hội thảo này. Ban tổ chức sẽ hỏi ý từng người về các mục đích khác.
nominate-contact-title = Người gửi danh sách
nominate-contact-hint = Không phải là đại biểu, trừ khi có tên ở dưới.
nominate-own-phone = Điện thoại là số của chính đại biểu; xin đừng ghi số của Anh/Chị vào mọi dòng.
nominate-rows-title = Đại biểu
nominate-rows-hint = Dòng để trống được bỏ qua.
nominate-send = Gửi danh sách
nominate-more = Thêm một dòng
nominate-enough = Đơn vị còn cử được { $left } người nên không thêm dòng nữa. Cần cử thêm, xin gọi ban tổ chức.
nominate-decline-link = Đơn vị không cử người
nominate-decline-title = Không cử người
nominate-decline-text = Nếu đổi ý, đơn vị vẫn cử đại biểu được đến hết hạn.
nominate-decline-hint = Ví dụ: đang cao điểm mùa vụ. Lý do giúp ban tổ chức chọn dịp khác.
nominate-decline-act = Báo không cử người
nominate-back = Quay lại
nominate-change-title = Đổi đại biểu
nominate-change-lead = Nhập tên người khác để đổi người. Giữ nguyên tên nếu chỉ sửa chức vụ, điện thoại hoặc e-mail.
nominate-change-seat = Chỗ của { $name } chuyển ngay cho người mới; mã điểm danh cũ không dùng được nữa.
nominate-change-queue = { $name } chưa có chỗ: người mới được đăng ký như người đến sau cùng.
nominate-change-act = Lưu
nominate-remove-title = Bỏ đại biểu này?
nominate-remove-text = Đăng ký của { $name } sẽ bị hủy. Chỗ, nếu có, dành cho người đang chờ.
nominate-remove-act = Bỏ đại biểu
nominate-remove-keep = Giữ lại
back-invitation = Về trang của đơn vị
back-invitations = Về danh sách thư mời
refused-invitations = Thư mời chỉ gửi được khi hội thảo đã công bố và chưa bắt đầu, và khi thư chưa bị rút lại.
refused-nomination = Thư mời đã được rút lại, đại biểu này đã đến hoặc không còn trong danh sách, hoặc hội thảo đã kết thúc. Xin xem lại trang của đơn vị.
