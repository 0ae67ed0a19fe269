# What stands in mails. One paragraph a line.
mail-greeting = Kính gửi Anh/Chị { $name },
mail-greeting-house = Kính gửi { $name },
mail-fact-workshop = Hội thảo
mail-fact-when = Thời gian
mail-fact-where = Địa điểm
mail-fact-code = Mã điểm danh
mail-fact-online = Dự trực tuyến
mail-fact-online-value = Liên kết ở trang đăng ký của Anh/Chị
mail-sign-off = Trân trọng,
mail-footer = Thư này được gửi tự động. Liên hệ ban tổ chức:
mail-footer-alone = Thư này được gửi tự động.
mail-confirmation-subject = Đã giữ chỗ: { $title }
mail-confirmation-body =
    Ban tổ chức đã giữ một chỗ cho Anh/Chị.
    { $joining } Nếu không dự được, xin Anh/Chị hủy trên trang đó để nhường chỗ cho người khác.
mail-joining-in_person = Khi đến, Anh/Chị đưa mã điểm danh hoặc mã QR trên trang đăng ký của mình.
mail-joining-online = Hội thảo này tổ chức trực tuyến. Đến giờ, Anh/Chị mở trang đăng ký của mình rồi bấm liên kết ở đó.
mail-joining-hybrid = Đến dự tại chỗ, Anh/Chị đưa mã điểm danh hoặc mã QR trên trang đăng ký của mình. Dự trực tuyến thì đến giờ, Anh/Chị mở trang đăng ký rồi bấm liên kết ở đó.
mail-confirmation-link = Mở trang đăng ký của tôi
mail-waitlisted-subject = Danh sách chờ: { $title }
mail-waitlisted-body =
    Hội thảo đã hết chỗ. Anh/Chị đang ở danh sách chờ, theo thứ tự đăng ký.
    Khi có chỗ trống, ban tổ chức sẽ báo cho Anh/Chị.
mail-waitlisted-link = Xem thứ tự chờ
mail-cancelled-subject = Đã hủy đăng ký: { $title }
mail-cancelled-body =
    Đăng ký của Anh/Chị đã được hủy theo yêu cầu.
    Nếu đổi ý, Anh/Chị có thể đăng ký lại khi còn hạn.
mail-cancelled-link = Xem đăng ký đã hủy
mail-link-again-subject = Trang đăng ký của Anh/Chị: { $title }
mail-link-again-body =
    Có người vừa đăng ký bằng tên và số điện thoại của Anh/Chị. Anh/Chị đã đăng ký hội thảo này từ trước, nên không có gì thay đổi.
mail-link-again-link = Mở trang đăng ký của tôi
mail-lost-link-subject = Trang đăng ký của Anh/Chị: { $title }
mail-lost-link-body =
    Dưới đây là liên kết đến trang đăng ký của Anh/Chị, gửi lại theo yêu cầu hoặc vì đăng ký được khôi phục. Trang có tình trạng, thời gian và địa điểm hiện nay.
    Nếu Anh/Chị không yêu cầu, xin bỏ qua thư này: đăng ký không thay đổi.
mail-lost-link-link = Mở trang đăng ký của tôi
mail-materials-subject = Tài liệu hội thảo: { $title }
mail-materials-body =
    Cảm ơn Anh/Chị đã dự hội thảo. Tài liệu có ở liên kết riêng dưới đây, dùng được trong 30 ngày.
    Xin Anh/Chị không chuyển liên kết này cho người khác.
mail-materials-link = Tải tài liệu
mail-fact-until = Giữ chỗ đến
mail-nominated-subject = Anh/Chị được cử dự: { $title }
mail-nominated-body =
    Đơn vị đã cử Anh/Chị dự hội thảo và ban tổ chức đã giữ một chỗ.
    Thông tin của Anh/Chị do người khác gửi, nên hiện chỉ được dùng để tổ chức hội thảo này. Xin Anh/Chị mở trang đăng ký của mình để xem lại, và cho biết có đồng ý hay không.
mail-nominated-colleague-body =
    Một đồng nghiệp đã đăng ký hội thảo này cho Anh/Chị và ban tổ chức đã giữ một chỗ.
    Thông tin của Anh/Chị do người khác gửi, nên hiện chỉ được dùng để tổ chức hội thảo này. Xin Anh/Chị mở trang đăng ký của mình để xem lại, và cho biết có đồng ý hay không.
mail-named-organizer = Ban tổ chức đã ghi tên Anh/Chị vào danh sách dự hội thảo này. Thông tin của Anh/Chị do người khác gửi, nên hiện chỉ được dùng để tổ chức hội thảo này.
mail-named-establishment = Đơn vị đã cử Anh/Chị dự hội thảo này. Thông tin của Anh/Chị do người khác gửi, nên hiện chỉ được dùng để tổ chức hội thảo này.
mail-named-colleague = Một đồng nghiệp đã đăng ký hội thảo này cho Anh/Chị. Thông tin của Anh/Chị do người khác gửi, nên hiện chỉ được dùng để tổ chức hội thảo này.
mail-named-ask = Xin Anh/Chị mở trang đăng ký của mình để xem lại thông tin, và cho biết có đồng ý hay không.
mail-nominated-link = Mở trang đăng ký của tôi
mail-requested-subject = Đã nhận đăng ký, chờ duyệt: { $title }
mail-requested-body =
    Ban tổ chức đã nhận được đăng ký và sẽ xem xét. Đây chưa phải là giữ chỗ.
    Khi có quyết định, ban tổ chức sẽ báo cho Anh/Chị.
mail-requested-link = Xem đăng ký của tôi
mail-declined-subject = Đăng ký không được nhận: { $title }
mail-declined-body =
    Rất tiếc, ban tổ chức không nhận được đăng ký của Anh/Chị cho hội thảo này.
    Mong được đón Anh/Chị ở hội thảo khác.
mail-declined-link = Xem đăng ký
mail-offered-subject = Có chỗ cho Anh/Chị, xin nhận trước hạn: { $title }
mail-offered-body =
    Đã có chỗ trống và Anh/Chị là người chờ tiếp theo.
    Xin Anh/Chị mở trang đăng ký và bấm nhận chỗ trước thời hạn dưới đây. Quá hạn, chỗ được chuyển cho người chờ sau.
mail-offered-link = Mở trang để nhận chỗ
mail-lapsed-subject = Đã quá hạn nhận chỗ: { $title }
mail-lapsed-body =
    Anh/Chị chưa nhận chỗ trong thời hạn, nên chỗ đã được chuyển cho người chờ tiếp theo.
    Nếu vẫn muốn dự và còn hạn, Anh/Chị có thể đăng ký lại.
mail-lapsed-link = Xem đăng ký
mail-substituted-subject = Đã có người dự thay Anh/Chị: { $title }
mail-substituted-body =
    Chỗ của Anh/Chị đã chuyển cho người dự thay. Mã điểm danh cũ không dùng được nữa.
    Nếu có nhầm lẫn, xin Anh/Chị gọi cho ban tổ chức.
mail-substituted-link = Xem đăng ký
mail-party-subject = Đã nhận đăng ký { $count } đại biểu: { $title }
mail-party-body =
    { $state ->
        [booked] Ban tổ chức đã giữ chỗ cho { $count } đại biểu Anh/Chị đăng ký.
        [requested] Ban tổ chức đã nhận đăng ký của { $count } đại biểu và sẽ xem xét.
       *[waitlisted] Hội thảo không đủ chỗ cho cả nhóm. { $count } đại biểu đang ở danh sách chờ và được mời nhận chỗ cùng lúc.
    }
    { $state ->
        [booked] Trang dưới đây có tình trạng và mã điểm danh của từng người; Anh/Chị có thể in ra hoặc gửi cho họ.
       *[waitlisted] Trang dưới đây có tình trạng của từng người; khi có chỗ thì có mã điểm danh ở đó.
    }
mail-party-link = Mở trang của nhóm
mail-added-subject = Ban tổ chức đã ghi tên Anh/Chị: { $title }
mail-added-body =
    Ban tổ chức đã ghi tên Anh/Chị và giữ một chỗ.
    Thông tin của Anh/Chị hiện chỉ được dùng để tổ chức hội thảo này. Xin Anh/Chị mở trang đăng ký của mình để xem lại, và cho biết có đồng ý hay không.
mail-added-link = Mở trang đăng ký của tôi
mail-dropped-subject = Ban tổ chức đã hủy đăng ký: { $title }
mail-dropped-body =
    Ban tổ chức đã hủy đăng ký của Anh/Chị cho hội thảo này. Mã điểm danh cũ không dùng được nữa.
    Nếu có nhầm lẫn, xin Anh/Chị gọi cho ban tổ chức.
mail-dropped-link = Xem đăng ký đã hủy
mail-message-link = Mở trang đăng ký của tôi
mail-fact-delegates = Đại biểu
mail-through-link = Mở trang các đại biểu đã đăng ký
mail-through-offered-subject = Có chỗ cho { $count } đại biểu, xin nhận trước hạn: { $title }
mail-through-offered-body =
    Đã có chỗ trống cho { $count } đại biểu Anh/Chị đăng ký.
    Có người trong số này không nhận được thư. Xin Anh/Chị báo cho họ, hoặc mở trang dưới đây để nhận chỗ trước thời hạn. Quá hạn, chỗ được chuyển cho người chờ sau.
mail-through-lapsed-subject = Đã quá hạn nhận chỗ cho { $count } đại biểu: { $title }
mail-through-lapsed-body =
    Chỗ dành cho { $count } đại biểu Anh/Chị đăng ký không được nhận trong thời hạn, nên đã chuyển cho người chờ tiếp theo.
    Có người trong số này không nhận được thư, xin Anh/Chị báo cho họ. Nếu vẫn muốn dự và còn hạn, Anh/Chị có thể đăng ký lại.
mail-through-booked-subject = Đã giữ chỗ cho { $count } đại biểu: { $title }
mail-through-booked-body =
    Ban tổ chức đã giữ chỗ cho { $count } đại biểu Anh/Chị đăng ký.
    Có người trong số này không nhận được thư. Xin Anh/Chị mở trang dưới đây và gửi cho họ trang riêng, vì mã điểm danh ở đó.
mail-through-waitlisted-subject = { $count } đại biểu vào danh sách chờ: { $title }
mail-through-waitlisted-body =
    Hội thảo đã hết chỗ. { $count } đại biểu Anh/Chị đăng ký đang ở danh sách chờ.
    Có người trong số này không nhận được thư, xin Anh/Chị báo cho họ. Khi có chỗ, ban tổ chức báo cho Anh/Chị.
mail-through-declined-subject = Không nhận được { $count } đại biểu: { $title }
mail-through-declined-body =
    Rất tiếc, ban tổ chức không nhận được { $count } đại biểu Anh/Chị đăng ký cho hội thảo này.
    Có người trong số này không nhận được thư, xin Anh/Chị báo cho họ.
mail-through-dropped-subject = Ban tổ chức đã hủy đăng ký của { $count } đại biểu: { $title }
mail-through-dropped-body =
    Ban tổ chức đã hủy đăng ký của { $count } đại biểu do Anh/Chị ghi tên. Mã điểm danh cũ không dùng được nữa.
    Có người trong số này không nhận được thư, xin Anh/Chị báo cho họ. Nếu có nhầm lẫn, xin gọi cho ban tổ chức.
mail-through-link-again-subject = Đại biểu đã có đăng ký: { $title }
mail-through-link-again-body =
    Có người vừa đăng ký lại cho đại biểu do Anh/Chị ghi tên. Đại biểu đã có đăng ký từ trước, nên không có gì thay đổi.
    Đại biểu không nhận được thư. Trang dưới đây dẫn đến trang riêng của họ; xin Anh/Chị gửi cho họ.
mail-unsubscribe = Không nhận thư loại này nữa
mail-reminder-subject = Nhắc lịch: { $title }
mail-reminder-body =
    Anh/Chị đã đăng ký hội thảo { $title }, diễn ra { $when }.
    { $joining } Nếu không dự được, xin Anh/Chị hủy trên trang đăng ký của mình để nhường chỗ cho người khác.
mail-evaluation-subject = Xin ý kiến về hội thảo: { $title }
mail-evaluation-body =
    Cảm ơn Anh/Chị đã dự hội thảo.
    Xin Anh/Chị dành vài phút cho biết ý kiến, để những lần sau được tốt hơn.
mail-certificate-subject = Giấy chứng nhận: { $title }
mail-certificate-body =
    Giấy chứng nhận của Anh/Chị cho hội thảo { $title } đã có.
    Anh/Chị mở trang đăng ký của mình để tải về.
mail-trial-subject = [Gửi thử] { $subject }
mail-campaign-link = Xem các hội thảo sắp tới
mail-campaign-person = Trang của { $name }, mã { $code }
mail-campaign-page = Trang của { $name }
