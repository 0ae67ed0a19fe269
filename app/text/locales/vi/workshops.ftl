# Workshops as the organisers see them.
manage-tabs-label = Các trang của hội thảo
manage-tab-overview = Tổng quan
manage-tab-people = Đại biểu
manage-tab-materials = Tài liệu
manage-tab-log = Nhật ký
