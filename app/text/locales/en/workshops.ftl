# Workshops as the organisers see them.
manage-tabs-label = Pages of this workshop
manage-tab-overview = Overview
manage-tab-people = People
manage-tab-materials = Materials
manage-tab-log = Log
