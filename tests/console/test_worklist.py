def test_x(make_case, client, sign_in):
    make_case()
    sign_in(client,"hemin")
    r=client.get("/console/cases"); print(r.status_code); print(r.content.decode()[:3000])
