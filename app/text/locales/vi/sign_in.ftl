# Signing in.
sign-in-title = Đăng nhập
sign-in-lead = Dành cho ban tổ chức, giảng viên và cán bộ điểm danh. Đại biểu đăng ký hội thảo không cần đăng nhập.
sign-in-act = Đăng nhập
sign-in-refused = Chưa đăng nhập được
