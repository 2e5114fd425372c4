using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Live;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Administration;
using Efento.Portal.Notifications.Health;
using Efento.Portal.Notifications.Ledger;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Channels;

/// <summary>The channels through which people and programs are told: how each fares, with tests and changes.</summary>
public sealed partial class ChannelsPage
{
    /// <summary>How many messages wait for each channel.</summary>
    [HandedOver]
    private IReadOnlyDictionary<string, int> _waiting = new Dictionary<string, int>();

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromSeconds(1);

    [Inject]
    private NotificationDirectory Directory { get; set; } = null!;

    [Inject]
    private ChannelBoard Board { get; set; } = null!;

    [Inject]
    private DeliveryQuery Deliveries { get; set; } = null!;

    [Inject]
    private ChannelDecisions Decisions { get; set; } = null!;

    [Inject]
    private PublicAddress Address { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TimeProvider Clock { get; set; } = null!;

    private IReadOnlyList<ChannelRow> Rows =>
    [
        .. Directory.Book.Channels.Values.OrderBy(c => c.Row.Key, StringComparer.CurrentCultureIgnoreCase)
            .Select(c => new ChannelRow(c, Board.Of(c.Row.Key), _waiting.GetValueOrDefault(c.Row.Key))),
    ];

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Channel), new LiveKey(LiveTopic.Delivery));
        _waiting = await Deliveries.WaitingAsync(await Person.ScopeAsync(), Clock.GetUtcNow());
    }

    /// <summary>Asks for a new channel.</summary>
    internal Task AddAsync() => EditAsync(ChannelsText.Add, null);

    /// <summary>Asks for a change of a channel.</summary>
    internal Task ChangeAsync(ChannelRow row) => EditAsync(ChannelsText.ChangeOf(row.Key), row.Opened);

    /// <summary>Sends test messages through a channel.</summary>
    internal async Task TestAsync(ChannelRow row)
    {
        await Dialogs.AskAsync<ChannelTestDialog, object>(
            ChannelsText.TestOf(row.Key), new() { [nameof(ChannelTestDialog.Row)] = row.Opened.Row }, DialogAnswers.Fields);
        await ReloadAsync();
    }

    /// <summary>Switches a channel off or on.</summary>
    internal Task SwitchAsync(ChannelRow row) => DoAsync(
        row.IsOn ? ChannelsText.IsOffNow(row.Key) : ChannelsText.IsOnNow(row.Key),
        actor => Decisions.SwitchAsync(actor, SeenChannel.Of(row.Opened.Row), !row.IsOn));

    /// <summary>Asks whether a channel shall be removed, and removes it.</summary>
    internal async Task RemoveAsync(ChannelRow row)
    {
        DialogParameters about = new() { [nameof(RemoveChannelDialog.Waiting)] = row.Waiting };
        if (await Dialogs.AskAsync<RemoveChannelDialog, object>(ChannelsText.RemoveOf(row.Key), about, DialogAnswers.Fields) is not null)
        {
            await DoAsync(ChannelsText.IsRemoved(row.Key), actor => Decisions.RemoveAsync(actor, SeenChannel.Of(row.Opened.Row)));
        }
    }

    private async Task EditAsync(string title, OpenedChannel? channel)
    {
        DialogParameters about = new() { [nameof(ChannelDialog.Channel)] = channel };
        if (await Dialogs.AskAsync<ChannelDialog, string>(title, about, ChannelDialog.Options) is { } key)
        {
            Snackbar.Add(ChannelsText.IsSaved(key), Severity.Success);
            await ReloadAsync();
        }
    }

    private async Task DoAsync(string done, Func<Actor, Task<ChannelOutcome>> change)
    {
        var prevented = await Person.TryAsync(
            Policies.Administer, async actor => ChannelFaults.Of(await change(actor)) is [var fault, ..] ? fault : null);
        Snackbar.Add(prevented ?? done, prevented is null ? Severity.Success : Severity.Error);
        await ReloadAsync();
    }
}
