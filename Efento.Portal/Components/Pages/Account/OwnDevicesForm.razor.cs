using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Live;
using Efento.Portal.Notifications.Channels;
using Efento.Portal.Notifications.Push;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace Efento.Portal.Components.Pages.Account;

/// <summary>Lets a user choose the devices on which they are told of alarms.</summary>
public sealed partial class OwnDevicesForm
{
    [HandedOver]
    private IReadOnlyList<OwnDevice> _devices = [];
    private PushState? _browser;
    private string? _said;
    private string? _fault;

    [Inject]
    private OwnDevices Devices { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Device));
        _devices = await Devices.ListAsync(await Person.UserIdAsync() ?? 0);
    }

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _browser = await AskBrowserAsync<PushState>("pushState");
            StateHasChanged();
        }
    }

    private bool IsHere(OwnDevice device) => device.Endpoint == _browser?.Endpoint;

    /// <summary>Whether a device is this browser as it was: it is told nothing any more.</summary>
    private bool WasHere(OwnDevice device) => _browser is { HasEnded: true, Was: { } was } && device.Endpoint == was;

    private async Task AddAsync()
    {
        _said = null;
        _fault = await Person.TryAsync(Policies.View, async actor =>
            await AskBrowserAsync<PushAnswer>("turnOnPush", await Devices.PublicKeyAsync()) switch
            {
                null => null,
                { IsDenied: true } => AccountText.DeviceDenied,
                { Fault: { } fault } => AccountText.DeviceFailed(fault),
                { } answer => await KeepAsync(actor, answer),
            });
        await ReloadAsync();
    }

    private async Task<string?> KeepAsync(Actor actor, PushAnswer answer)
    {
        var name = OneLine.Shortened(OneLine.Of(BrowserWords.Of(answer.Browser)), PushDevice.MostLetters);
        var device = new NewDevice(answer.Endpoint, answer.P256dh, answer.Auth, name);
        var outcome = await Devices.AddAsync(actor, device, _devices.FirstOrDefault(WasHere)?.Endpoint);
        if (outcome is DeviceOutcome.Done)
        {
            (_browser, _said) = (new PushState(PushState.Able, answer.Endpoint), AccountText.DeviceAdded);
        }

        return Words(outcome);
    }

    private async Task RemoveAsync(OwnDevice device)
    {
        _said = null;
        _fault = await Person.TryAsync(Policies.View, async actor => Words(await Devices.RemoveAsync(actor, device.Id)));
        if (_fault is null)
        {
            await AskBrowserAsync<object>("turnOffPush", device.Endpoint);
            _said = AccountText.DeviceRemoved(device.Name);
            _browser = IsHere(device) ? _browser! with { Endpoint = null } : _browser;
        }

        await ReloadAsync();
    }

    private async Task TestAsync(OwnDevice device)
    {
        _said = null;
        _fault = await Person.TryAsync(Policies.View, async actor => Words(await Devices.TestAsync(actor, device.Id)));
        _said = _fault is null ? AccountText.DeviceTested : null;
        await ReloadAsync();
    }

    private static string? Words(DeviceTest test) =>
        test.Result is not { } result ? Words(test.Outcome)
        : result.Outcome is SendOutcome.Accepted ? null
        : AccountText.DeviceTestFailed(result.Answer);

    private static string? Words(DeviceOutcome outcome) => outcome switch
    {
        DeviceOutcome.NotValid => AccountText.DeviceNotValid,
        DeviceOutcome.TooMany => AccountText.DeviceTooMany(PushDevice.MostOfAnAccount),
        DeviceOutcome.Gone => AccountText.DeviceGone,
        DeviceOutcome.TooOften => AccountText.DeviceTooOften(DeviceTestLimit.Most, (int)DeviceTestLimit.Within.TotalMinutes),
        _ => null,
    };

    /// <summary>What the browser answers; null if it is away.</summary>
    private async Task<T?> AskBrowserAsync<T>(string question, params object[] about)
    {
        try
        {
            await using var portal = await Js.ImportAsync(Assets, "assets/portal.js");
            return await portal.InvokeAsync<T>(question, about);
        }
        catch (Exception exception) when (exception.MeansAway())
        {
            return default;
        }
    }
}
