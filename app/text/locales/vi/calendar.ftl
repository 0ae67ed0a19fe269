# Lịch: thư mời từng phiên, lịch để theo dõi.
mail-session-subject = Phiên { $number }: { $title }
mail-session-body = Đây là lời mời lịch cho phiên { $number } của hội thảo Anh/Chị đã đăng ký. Thêm vào lịch để được nhắc.
mail-session-cancelled-subject = Bỏ khỏi lịch phiên { $number }: { $title }
mail-session-cancelled-body = Phiên { $number } không còn trong lịch của Anh/Chị. Lời hủy kèm theo sẽ bỏ phiên này khỏi lịch.

calendar-name-public = Hội thảo – { $office }
calendar-name-own = Lịch của tôi – { $office }
calendar-expected = Cần chuẩn bị: { $expected }
