# The planning calendar.
planning-title = Lịch { $month }
planning-caption = Các phiên của { $month }, mỗi hàng một tuần
planning-nav = Tháng và cách xem
planning-previous = Tháng trước
planning-next = Tháng sau
planning-today = Hôm nay
planning-as-agenda = Xem dạng danh sách
planning-as-month = Xem dạng tháng
planning-weekend = cuối tuần
planning-empty = Chưa có phiên nào bắt đầu trong { $month }.
planning-room-clash = Trùng phòng
planning-trainer-clash = Trùng giảng viên: { $names }
planning-to-list = Đến danh sách hội thảo
planning-link = Xem lịch tháng
