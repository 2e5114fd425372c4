using Bunit;
using Efento.Portal.Components.Pages.Admin.Channels;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Tests.Support;
using Microsoft.AspNetCore.Components.Web;
using MudBlazor;
using MudBlazor.Extensions;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>The dialogs of channels, filled in as people do.</summary>
public sealed class ChannelDialogTests : PortalPageContext
{
    private const string Password = "korrekt-pferd-batterie";

    private readonly RecordingSender _mail = new(ChannelKind.Email);
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;

    private NotificationBook Book => Portal.Get<NotificationDirectory>().Book;

    protected override void Arrange()
    {
        Render<MudPopoverProvider>();
        _dialogs = Render<MudDialogProvider>();
    }

    protected override Task<PortalUnderTest> StartPortalAsync() =>
        PortalUnderTest.StartAsync(new() { Time = Time, Customise = RecordingSender.Replacing(_mail) });

    [Fact]
    public async Task Add_Filled_IsSaved_AndThePageShowsIt()
    {
        var page = Render<ChannelsPage>();
        var asked = await AskAsync(page, page.Instance.AddAsync);
        await FillAsync("Name", "mail");
        await FillAsync("Server", "mail.site.example");
        await FillAsync("Sender’s address", "portal@site.example");
        await FillAsync("User", "portal");
        await FillAsync("Password", Password);

        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        var its = Book.Channels["mail"].Settings!;
        Assert.Equal(
            ("mail.site.example", ChannelSecurity.StartTls, "portal", Password), (its.Host, its.Security, its.User, its.Password));
        page.WaitForAssertion(() => Assert.Contains("E-mail · mail.site.example", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Add_WithNonsense_SaysBesideEachFieldWhatToDo()
    {
        var page = Render<ChannelsPage>();
        _ = await AskAsync(page, page.Instance.AddAsync);
        await FillAsync("Name", "the mail");
        await FillAsync("Port", "many");

        await PressAsync("Save");

        Assert.StartsWith("This must have 1 to 100 characters", FaultOf("Name"), StringComparison.Ordinal);
        Assert.Equal("This is missing.", FaultOf("Server"));
        Assert.Equal("This must be a whole number from 1 to 65535.", FaultOf("Port"));
        Assert.True(Book.IsEmpty);
    }

    [Fact]
    public async Task Change_ShowsNoSecret_AndKeepsItUnlessSomethingIsEntered()
    {
        await MakeAsync();
        var page = Render<ChannelsPage>();
        var asked = await AskAsync(page, () => page.Instance.ChangeAsync(RowOf(page)));
        Assert.DoesNotContain(Password, _dialogs.Markup, StringComparison.Ordinal);
        Assert.Contains("Set; leave empty to keep it.", _dialogs.Markup, StringComparison.Ordinal);

        await FillAsync("Sender’s address", "alarms@site.example");
        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        Assert.Equal(("alarms@site.example", Password), (Book.Channels["mail"].Settings!.From, Book.Channels["mail"].Settings!.Password));
    }

    [Fact]
    public async Task Change_OfTheServer_AsksForTheSecretAgain()
    {
        await MakeAsync();
        var page = Render<ChannelsPage>();
        _ = await AskAsync(page, () => page.Instance.ChangeAsync(RowOf(page)));
        await FillAsync("Server", "elsewhere.example");

        await PressAsync("Save");

        Assert.StartsWith("The address or the user has changed", FaultOf("Password"), StringComparison.Ordinal);
        Assert.Equal("mail.site.example", Book.Channels["mail"].Settings!.Host);
    }

    [Fact]
    public async Task Change_WithTheSecretRemoved_HasNone()
    {
        await MakeAsync();
        var page = Render<ChannelsPage>();
        var asked = await AskAsync(page, () => page.Instance.ChangeAsync(RowOf(page)));
        await _dialogs.ChangeAsync("input[type=checkbox]", true);

        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        Assert.Null(Book.Channels["mail"].Settings!.Password);
    }

    [Fact]
    public async Task Change_ToAToken_AsksForItsFields_AndForgetsThePassword()
    {
        await MakeAsync();
        var page = Render<ChannelsPage>();
        var asked = await AskAsync(page, () => page.Instance.ChangeAsync(RowOf(page)));
        await ChooseAsync(true);
        await FillAsync("Token address", "http://login.example/token");
        await FillAsync("Client ID", "client");

        await PressAsync("Save");
        Assert.Equal("This must be an address that begins with https://.", FaultOf("Token address"));

        await FillAsync("Token address", "https://login.example/token");
        await FillAsync("Client secret", "a secret of the client");
        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        var its = Book.Channels["mail"].Settings!;
        Assert.Equal(
            ("https://login.example/token", "client", "a secret of the client", null), (its.TokenUrl, its.ClientId, its.Secret, its.Password));
    }

    [Fact]
    public async Task Add_Push_AsksForNothingButItsName()
    {
        var page = Render<ChannelsPage>();
        var asked = await AskAsync(page, page.Instance.AddAsync);
        await ChooseAsync(ChannelKind.Push);
        await FillAsync("Name", "push");

        await PressAsync("Save");
        await asked.WaitAsync(Until.Patience);

        Assert.Equal((ChannelKind.Push, false), (Book.Channels["push"].Row.Kind, Book.Channels["push"].Settings!.AllowPrivateNetworks));
    }

    [Fact]
    public async Task Test_ShowsWhatBothSidesSaid()
    {
        await MakeAsync();
        _mail.AnswerWith(RecordingSender.Accepted with { Conversation = ["> AUTH ***", "< 235 welcome"] });
        var page = Render<ChannelsPage>();
        _ = await AskAsync(page, () => page.Instance.TestAsync(RowOf(page)));
        await FillAsync("To", "chief@site.example");

        await PressAsync("Send test message");

        _dialogs.WaitForAssertion(() => Assert.Contains("The server accepted the message.", _dialogs.Markup, StringComparison.Ordinal));
        Assert.Equal(["> AUTH ***", "< 235 welcome"], _dialogs.FindAll("code").Select(line => line.TextContent));
        Assert.Equal(("chief@site.example", true), (_mail.Attempts[0].Recipient, _mail.Attempts[0].IsTest));
    }

    [Fact]
    public async Task Test_ThatFails_SaysTheServersWords()
    {
        await MakeAsync();
        _mail.AnswerWith(RecordingSender.TryAgain);
        var page = Render<ChannelsPage>();
        _ = await AskAsync(page, () => page.Instance.TestAsync(RowOf(page)));
        await FillAsync("To", "chief@site.example");

        await PressAsync("Send test message");

        _dialogs.WaitForAssertion(() => Assert.Contains("451 greylisted", _dialogs.Markup, StringComparison.Ordinal));
    }

    private static ChannelRow RowOf(IRenderedComponent<ChannelsPage> page) => page.FindComponent<ChannelTable>().Instance.Rows[0];

    private Task MakeAsync() => Portal.TellAsync(
        $$"""
        {"channels":[{"key":"mail","kind":"email","host":"mail.site.example","security":"tls","from":"portal@site.example","user":"portal","password":"{{Password}}"}]}
        """);

    private MudTextField<string> FieldOf(string label) =>
        _dialogs.FindComponents<MudTextField<string>>().First(f => f.Instance.Label == label).Instance;

    private string? FaultOf(string label) => FieldOf(label).GetState(f => f.ErrorText);

    private async Task FillAsync(string label, string text)
    {
        var field = FieldOf(label);
        await _dialogs.InvokeAsync(() => field.ValueChanged.InvokeAsync(text));
    }

    /// <summary>Chooses in the only list of such values.</summary>
    private async Task ChooseAsync<T>(T value)
    {
        var field = _dialogs.FindComponent<MudSelect<T>>().Instance;
        await _dialogs.InvokeAsync(() => field.ValueChanged.InvokeAsync(value));
    }

    private async Task PressAsync(string text)
    {
        var button = _dialogs.FindComponents<MudButton>().Last(b => b.Nodes.Any(n => n.TextContent.Trim() == text));
        await button.InvokeAsync(() => button.Instance.OnClick.InvokeAsync(new MouseEventArgs()));
    }

    private async Task<Task> AskAsync(IRenderedComponent<ChannelsPage> page, Func<Task> open)
    {
        var asked = page.InvokeAsync(open);
        await Until.TrueAsync(() => _dialogs.FindComponents<MudDialogContainer>().Count > 0 || asked.IsFaulted);
        return asked.IsFaulted ? throw asked.Exception! : asked;
    }
}
