using Bunit;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Account;
using Efento.Portal.Notifications.Push;
using Efento.Portal.Tests.Notifications.Channels.Push;
using Efento.Portal.Tests.Support;

namespace Efento.Portal.Tests.Components.Pages;

/// <summary>What the account page says of devices, by what the browser can do.</summary>
public sealed class OwnDevicesFormTests : PortalPageContext
{
    private const string Endpoint = "https://push.example/phone";

    private readonly BrowserWithPush _browser = new();
    private BunitJSModuleInterop? _script;

    private BunitJSModuleInterop Script => _script ??= JSInterop.SetupModule("./assets/portal.js");

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        _browser.Dispose();
    }

    [Theory]
    [InlineData("insecure", "Browsers allow this with HTTPS only")]
    [InlineData("unable", "add the portal to the home screen first")]
    [InlineData("denied", "does not let the portal show notifications")]
    [InlineData("yes", "Your browser then asks")]
    public void Browser_ByWhatItCan_IsToldWhatToDo(string can, string words)
    {
        Know(new(can, null));

        var form = Render<OwnDevicesForm>();

        form.WaitForAssertion(() => Assert.Contains(words, form.Markup, StringComparison.Ordinal));
        Assert.Equal(can is "yes" or "denied", form.FindAll(".add button").Count == 1);
        Assert.Contains("No device yet", form.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Device_ThatIsThisBrowser_IsMarked_AndNotOfferedAgain()
    {
        await AddAsync();
        Know(new(PushState.Able, Endpoint));

        var form = Render<OwnDevicesForm>();

        form.WaitForAssertion(() => Assert.Equal("This browser", form.Find(".own").TextContent));
        Assert.Empty(form.FindAll(".add"));
        Assert.Contains("no message yet", form.Markup, StringComparison.Ordinal);
    }

    /// <summary>Its person took the permission back, or its push service ended it: it is listed, and would be told nothing.</summary>
    [Fact]
    public async Task Device_ThatItsBrowserEnded_IsCalledOff_AndTakesItsOldPlaceWhenTurnedOnAgain()
    {
        await AddAsync();
        Know(new("denied", null, Endpoint));
        Answer(new($"{Endpoint}-2", _browser.P256dh, _browser.Auth, "Firefox", false, null));
        var form = Render<OwnDevicesForm>();

        form.WaitForAssertion(() => Assert.Equal("This browser, off", form.Find(".own").TextContent));
        Assert.Contains("Messages are off for this browser", form.Find(".ended").TextContent, StringComparison.Ordinal);
        Assert.Contains("does not let the portal show notifications", form.Find(".add").TextContent, StringComparison.Ordinal);

        await form.ClickAsync(".add button");

        form.WaitForAssertion(() => Assert.Equal("This browser", form.Find(".own").TextContent));
        Assert.Equal([$"1|{Endpoint}-2"], Portal.Database.Lines("SELECT id, endpoint FROM push_device"));
    }

    [Fact]
    public async Task Test_TooOften_IsRefusedWithASentence()
    {
        await AddAsync();
        await Portal.TellAsync("""{"channels":[{"key":"push","kind":"push"}]}""");
        for (var i = 0; i < DeviceTestLimit.Most; i++)
        {
            Assert.True(Portal.Get<DeviceTestLimit>().MayTest(1));
        }

        Know(new(PushState.Able, Endpoint));
        var form = Render<OwnDevicesForm>();
        await form.ClickAsync(".tools button");

        form.WaitForAssertion(() => Assert.Equal(
            "You can send 5 tests within 15 minutes. Try again later.", form.Find("[role=alert]").TextContent));
    }

    [Fact]
    public async Task TurnOn_Denied_SaysSo_AndAddsNothing()
    {
        Know(new(PushState.Able, null));
        Answer(new(null, null, null, "Firefox", true, null));
        var form = Render<OwnDevicesForm>();

        form.WaitForElement(".add");
        await form.ClickAsync(".add button");

        form.WaitForAssertion(() => Assert.Contains(
            "does not let the portal show notifications", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, Portal.Database.Count("push_device"));
    }

    [Fact]
    public async Task TurnOn_RefusedByThePushService_SaysItsWords()
    {
        Know(new(PushState.Able, null));
        Answer(new(null, null, null, "Firefox", false, "Registration failed - push service error"));
        var form = Render<OwnDevicesForm>();

        form.WaitForElement(".add");
        await form.ClickAsync(".add button");

        form.WaitForAssertion(() => Assert.Contains("push service error", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TurnOn_WhatIsNoDevice_IsNotTaken()
    {
        Know(new(PushState.Able, null));
        Answer(new("http://push.example/phone", _browser.P256dh, _browser.Auth, "Firefox", false, null));
        var form = Render<OwnDevicesForm>();

        form.WaitForElement(".add");
        await form.ClickAsync(".add button");

        form.WaitForAssertion(() => Assert.Contains(
            "did not describe itself", form.Find("[role=alert]").TextContent, StringComparison.Ordinal));
        Assert.Equal(0, Portal.Database.Count("push_device"));
    }

    /// <summary>Without a channel, devices would be told nothing.</summary>
    [Fact]
    public async Task Devices_AreOffered_OnceThereIsAChannel()
    {
        Assert.False(Portal.Get<OwnDevices>().IsOffered);

        await Portal.TellAsync("""{"channels":[{"key":"push","kind":"push"}]}""");

        Assert.True(Portal.Get<OwnDevices>().IsOffered);
    }

    private void Know(PushState state) =>
        Script.Setup<PushState>("pushState").SetResult(state);

    private void Answer(PushAnswer answer) =>
        Script.Setup<PushAnswer>("turnOnPush", _ => true).SetResult(answer);

    private async Task AddAsync()
    {
        // The browser subscribes with the key: devices of other keys are removed.
        await Portal.Get<OwnDevices>().PublicKeyAsync();
        Assert.Equal(DeviceOutcome.Done, await Portal.Get<OwnDevices>().AddAsync(
            new Actor(ActorKind.Person, PortalUnderTest.AdminEmail, UserId: 1),
            new NewDevice(Endpoint, _browser.P256dh, _browser.Auth, "Chrome on Android")));
    }
}
