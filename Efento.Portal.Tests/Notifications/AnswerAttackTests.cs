using System.Net;
using System.Net.Http.Headers;
using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Devices;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Notifications;

/// <summary>What is done with links to acknowledge that nobody means well: by programs that follow them, and by people who try.</summary>
public sealed class AnswerAttackTests : NotificationContext
{
    private const string PublicAddress = "https://portal.example.com";

    private const string Comment = "The door was open";

    private protected override Dictionary<string, string> Settings => new() { ["Portal:PublicAddress"] = PublicAddress };

    /// <summary>Scanners of e-mail, previews of chats and prefetching browsers.</summary>
    [Theory]
    [InlineData("GET", "")]
    [InlineData("GET", "?comment=I+look&cause=Door+left+open")]
    [InlineData("HEAD", "")]
    [InlineData("OPTIONS", "")]
    [InlineData("PUT", "")]
    [InlineData("DELETE", "")]
    public async Task Followed_ByAProgram_ChangesNothing(string method, string query)
    {
        var link = await RaiseAsync();
        using var http = Http();
        using var request = new HttpRequestMessage(new HttpMethod(method), link + query);
        request.Headers.Add("Sec-Purpose", "prefetch");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.InRange((int)answer.StatusCode, 200, 405);
        Assert.True((await AlarmAsync()).IsOpen);
        Assert.Equal(0, Acknowledgements);
    }

    [Fact]
    public async Task Sent_Again_ChangesNothing()
    {
        var link = await RaiseAsync();
        using var first = await PostAsync(link, Comment);

        using var again = await PostAsync(link, "Somebody else's words");

        Assert.Equal(Comment, (await AlarmAsync()).Comment);
        Assert.Equal(1, Acknowledgements);
        Assert.Contains("acknowledged this alarm", await PageAsync(link));
    }

    [Fact]
    public async Task Sent_FromTwoPhonesAtOnce_IsOneAcknowledgement()
    {
        var link = await RaiseAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => PostAsync(link, $"From phone {i}")));

        Assert.All(answers, answer => Assert.InRange((int)answer.StatusCode, 200, 303));
        Assert.Equal(1, Acknowledgements);
        Assert.Equal(
            [(await AlarmAsync()).Comment!], Portal.Database.Lines("SELECT new FROM audit_entry WHERE action = 'alarm acknowledged'"));
        Array.ForEach(answers, answer => answer.Dispose());
    }

    [Fact]
    public async Task Sent_AfterTheRightWasLost_IsRefused()
    {
        Assert.Empty(await Portal.Get<UserAccounts>().AddAsync(Actor.Command, Anna, PortalUnderTest.AdminPassword, Role.Operator));
        var link = await RaiseAsync();
        Assert.Contains("<form", await PageAsync(link));
        Portal.Database.Execute($"UPDATE user SET role = {(int)Role.Viewer} WHERE email = '{Anna}'");

        using var answer = await PostAsync(link, Comment);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    /// <summary>A page that was loaded in time acts no more afterwards.</summary>
    [Fact]
    public async Task Sent_After72Hours_IsRefused()
    {
        var link = await RaiseAsync();
        Assert.Contains("<form", await PageAsync(link));
        Time.Advance(TimeSpan.FromHours(72));

        using var answer = await PostAsync(link, Comment);

        Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [Theory]
    [InlineData(0, HttpStatusCode.NotFound)]
    [InlineData(1, HttpStatusCode.NotFound)]
    [InlineData(2, HttpStatusCode.NotFound)]
    [InlineData(3, HttpStatusCode.NotFound)]
    public async Task Code_ThatWasChanged_IsRefused(int how, HttpStatusCode expected)
    {
        var link = await RaiseAsync();
        string[] changed =
        [
            $"{link}A", link[..^1], $"answer/{new string('A', 6_000)}", $"answer/{Uri.EscapeDataString("../../alarms/1")}",
        ];

        using var answer = await PostAsync(changed[how], Comment);

        Assert.Equal(expected, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    /// <summary>Those who try codes with answers wait as those who try them with questions.</summary>
    [Fact]
    public async Task Guessing_ByAnswers_IsMadeToWait()
    {
        var link = await RaiseAsync();
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await PostAsync($"{link[..^8]}{i}AAAAAAA", Comment);
            Assert.Equal(HttpStatusCode.NotFound, wrong.StatusCode);
        }

        using var answer = await PostAsync(link, Comment);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [Theory]
    [InlineData("many fields")]
    [InlineData("a long name")]
    [InlineData("no parts")]
    [InlineData("half a part")]
    [InlineData("no form")]
    [InlineData("no letters")]
    public async Task Form_ThatIsNone_IsRefusedOrAsksAgain(string what)
    {
        var link = await RaiseAsync();
        using var body = BodyOf(what);
        using var http = Http();

        using var answer = await http.PostAsync(new Uri(link, UriKind.Relative), body, TestContext.Current.CancellationToken);

        Assert.InRange((int)answer.StatusCode, 200, 499);
        Assert.True((await AlarmAsync()).IsOpen);
        Assert.DoesNotContain(Portal.Log, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Headers_ThatAreTooLarge_AreRefused()
    {
        var link = await RaiseAsync();
        using var http = Http();
        using var request = new HttpRequestMessage(HttpMethod.Post, link) { Content = Form(Comment) };
        request.Headers.TryAddWithoutValidation("Referer", $"https://elsewhere.example/{new string('x', 60_000)}");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, answer.StatusCode);
        Assert.True((await AlarmAsync()).IsOpen);
    }

    [Fact]
    public async Task Comment_IsData_OnEachPageThatShowsIt()
    {
        var link = await RaiseAsync();

        using var answer = await PostAsync(link, "<script>alert(1)</script>");

        using var nobody = new PeopleClient(Portal.Address);
        using var page = await nobody.GetAsync(link);
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("<script>alert(1)</script>", (await AlarmAsync()).Comment);
    }

    private long Acknowledgements =>
        Portal.Database.Scalar<long>("SELECT count(*) FROM audit_entry WHERE action = 'alarm acknowledged'");

    private static HttpContent BodyOf(string what) => what switch
    {
        "many fields" => Text(string.Concat(Enumerable.Repeat("a=1&", 5_000)), "application/x-www-form-urlencoded"),
        "a long name" => Text($"{new string('n', 5_000)}=1", "application/x-www-form-urlencoded"),
        "no parts" => Text("comment", "multipart/form-data"),
        "half a part" => Text("--x\r\nContent-Disposition: form-data; name=\"comment\"\r\n\r\nI look", "multipart/form-data; boundary=x"),
        "no form" => Text("""{"comment":"I look"}""", "application/json"),
        _ => new ByteArrayContent([0x63, 0x3D, 0xFF, 0xFE, 0x00])
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded") },
        },
    };

    private static StringContent Text(string text, string type)
    {
        var content = new StringContent(text);
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        return content;
    }

    private async Task<string> RaiseAsync()
    {
        await ImportAsync(Usual);
        await MeasureAsync(11);
        await SettleAsync();
        return Mail.Attempts.Single(m => m.Recipient == Anna).Answer!.AbsoluteUri[$"{PublicAddress}/".Length..];
    }

    private HttpClient Http() => new(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = Portal.Address };

    private static FormUrlEncodedContent Form(string comment) => new([new("comment", comment)]);

    private async Task<HttpResponseMessage> PostAsync(string link, string comment)
    {
        using var http = Http();
        return await http.PostAsync(new Uri(link, UriKind.Relative), Form(comment), TestContext.Current.CancellationToken);
    }

    private async Task<string> PageAsync(string link)
    {
        using var nobody = new PeopleClient(Portal.Address);
        using var answer = await nobody.GetAsync(link);
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
    }

    private async Task<Alarm> AlarmAsync() =>
        (await Portal.Get<AlarmQuery>().ListAsync(SiteScope.Everything, new AlarmFilter(), null, 10)).Single().Alarm;
}
