using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Live;
using Efento.Portal.Notifications;
using Efento.Portal.Notifications.Documents;
using Efento.Portal.Notifications.Drills;
using Efento.Portal.Notifications.Ledger;
using Efento.Portal.Notifications.Watching;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Notifications;

/// <summary>Who is told of alarms: people, who is on duty, chains, and a preview. Administrators change them.</summary>
public sealed partial class NotificationsPage
{
    private static readonly string ImportCommand = "Efento.Portal notifications import notifications.json";

    /// <summary>The most drills that are listed.</summary>
    private const int MostDrills = 10;

    [HandedOver]
    private NotificationEntries? _entries;
    [HandedOver]
    private IReadOnlyList<string> _channels = [];
    [HandedOver]
    private IReadOnlyList<DutyNow> _duty = [];
    [HandedOver]
    private IReadOnlyList<PlacedPoint> _points = [];
    [HandedOver]
    private IReadOnlyList<PreviewedCall> _calls = [];
    [HandedOver]
    private PreviewQuestion _asked = PreviewQuestion.First;
    [HandedOver]
    private bool _mayChange;
    [HandedOver]
    private string? _host;
    [HandedOver]
    private IReadOnlyList<Delivery> _mails = [];
    [HandedOver]
    private DeadManState? _deadMan;
    [HandedOver]
    private IReadOnlyList<Drill> _drills = [];

    [Inject]
    private NotificationEdits Edits { get; set; } = null!;

    [Inject]
    private NotificationDirectory Directory { get; set; } = null!;

    [Inject]
    private NotificationPreview Preview { get; set; } = null!;

    [Inject]
    private DrillQuery Drills { get; set; } = null!;

    [Inject]
    private DrillService DrillStarter { get; set; } = null!;

    [Inject]
    private PublicAddress Address { get; set; } = null!;

    [Inject]
    private DeadManBoard DeadMan { get; set; } = null!;

    [Inject]
    private DeliveryQuery Deliveries { get; set; } = null!;

    [Inject]
    private PlacedPoints Placed { get; set; } = null!;

    [Inject]
    private PeopleDirectory Accounts { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>The zone of the site.</summary>
    private TimeZoneInfo Zone =>
        TimeZoneInfo.TryFindSystemTimeZoneById(Accounts.Site?.TimeZone ?? SiteZones.Local, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Notifications), new LiveKey(LiveTopic.Inventory), new LiveKey(LiveTopic.Delivery));
        _mayChange = await Person.MayAsync(Policies.Administer);
        _entries = await Edits.ReadAsync();
        var (book, now) = (Directory.Book, Time.GetUtcNow());
        _channels = [.. book.Channels.Keys.Order(StringComparer.Ordinal)];
        _duty = [.. book.Rotas.Values.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => DutyNow.Of(r, now))];
        _points = [.. (await Placed.ListAsync()).OrderBy(p => p.Name, StringComparer.CurrentCulture)];
        _calls = await CallsAsync();
        (_host, _deadMan) = (book.Watching?.Row.CallHost, DeadMan.State);
        var scope = await Person.ScopeAsync();
        _mails = await Deliveries.LastMailAsync(scope);
        _drills = await Drills.ListAsync(scope, MostDrills);
        AwaitTurn(_duty.Min(d => d.UntilUtc) - now, () => _ = ReloadAsync());
    }

    private async Task<IReadOnlyList<PreviewedCall>> CallsAsync() => await Preview.ForAsync(
        _asked.Level, _points.FirstOrDefault(p => p.Id == _asked.PointId)?.LocationId, _asked.NextAfter(Time.GetUtcNow(), Zone));

    private Task ShowLevelAsync(AlarmLevel level) => ShowAsync(_asked with { Level = level });

    private Task ShowPointAsync(int? point) => ShowAsync(_asked with { PointId = point });

    private Task ShowDayAsync(DayOfWeek day) => ShowAsync(_asked with { Day = day });

    private Task ShowTimeAsync(string time) => ShowAsync(_asked with { Time = time });

    private async Task ShowAsync(PreviewQuestion question)
    {
        _asked = question;
        _calls = await CallsAsync();
    }

    private async Task EditAsync(EntryKind kind, NotificationEntry? seen)
    {
        DialogParameters about = new()
        {
            [nameof(PersonDialog.Seen)] = seen,
            [nameof(PersonDialog.Site)] = NotificationSite.Of(_entries!, _channels),
            [nameof(PersonDialog.Save)] = (NotificationEntry wanted) => SaveAsync(kind, seen, wanted),
        };
        var saved = kind switch
        {
            EntryKind.Person => await AskAsync<PersonDialog>(seen, NotificationsText.AddPerson, about),
            EntryKind.Rota => await AskAsync<RotaDialog>(seen, NotificationsText.AddRota, about),
            _ => await AskAsync<ChainDialog>(seen, NotificationsText.AddChain, about),
        };
        if (saved is not null)
        {
            Snackbar.Add(NotificationsText.Saved, Severity.Success);
            await ReloadAsync();
        }
    }

    private async Task EditWatchingAsync()
    {
        var seen = _entries!.Watching;
        DialogParameters about = new()
        {
            [nameof(WatchDialog.Seen)] = seen,
            [nameof(WatchDialog.Site)] = NotificationSite.Of(_entries, _channels),
            [nameof(WatchDialog.Save)] = (NotificationEntry wanted) => SaveAsync(actor => Edits.SaveWatchingAsync(actor, seen, wanted)),
        };
        if (await Dialogs.AskAsync<WatchDialog, NotificationEntry>(NotificationsText.Watching, about, EntryDialog.Options) is not null)
        {
            Snackbar.Add(NotificationsText.Saved, Severity.Success);
            await ReloadAsync();
        }
    }

    private async Task StartDrillAsync()
    {
        DialogParameters about = new()
        {
            [nameof(DrillDialog.Chains)] = _entries!.Chains.Select(c => c.Name).ToList(),
            [nameof(DrillDialog.Points)] = _points,
            [nameof(DrillDialog.HasLinks)] = Address.Now is not null,
            [nameof(DrillDialog.Start)] = (DrillWish wish) => Person.TryAsync(
                Policies.Administer, async actor => DrillFaultWords.Of((await DrillStarter.StartAsync(actor, wish)).Fault)),
        };
        if (await Dialogs.AskAsync<DrillDialog, DrillWish>(NotificationsText.StartDrill, about, EntryDialog.Options) is not null)
        {
            Snackbar.Add(NotificationsText.DrillStarted, Severity.Success);
            await ReloadAsync();
        }
    }

    private Task<NotificationEntry?> AskAsync<TDialog>(NotificationEntry? seen, string add, DialogParameters about)
        where TDialog : IComponent => Dialogs.AskAsync<TDialog, NotificationEntry>(
            seen is null ? add : NotificationsText.ChangeOf(seen.Name), about, EntryDialog.Options);

    /// <summary>Saves what was entered.</summary>
    /// <returns>What is wrong with it, or prevented it, in words; empty if it is saved.</returns>
    private Task<IReadOnlyList<string>> SaveAsync(EntryKind kind, NotificationEntry? seen, NotificationEntry wanted) =>
        SaveAsync(actor => Edits.SaveAsync(actor, kind, seen, wanted));

    private async Task<IReadOnlyList<string>> SaveAsync(Func<Actor, Task<EditOutcome>> save)
    {
        EditOutcome? outcome = null;
        var prevented = await Person.TryAsync(Policies.Administer, async actor =>
        {
            outcome = await save(actor);
            return null;
        });
        return prevented is null ? EditWords.Of(outcome!) : [prevented];
    }

    private async Task RemoveAsync(EntryKind kind, NotificationEntry seen)
    {
        if (await Dialogs.AskAsync<RemoveEntryDialog, object>(
            NotificationsText.RemoveOf(seen.Name), new() { [nameof(RemoveEntryDialog.Kind)] = kind }) is null)
        {
            return;
        }

        var prevented = await Person.TryAsync(
            Policies.Administer, async actor => EditWords.Of(await Edits.RemoveAsync(actor, kind, seen)) is [var fault, ..] ? fault : null);
        Snackbar.Add(prevented ?? NotificationsText.Removed(seen.Name), prevented is null ? Severity.Success : Severity.Error);
        await ReloadAsync();
    }
}
