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
