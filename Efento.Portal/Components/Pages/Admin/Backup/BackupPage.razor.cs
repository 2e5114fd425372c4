using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Backup;
using Efento.Portal.Backup.Holding;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.People;
using Efento.Portal.Live;
using Microsoft.AspNetCore.Components;

namespace Efento.Portal.Components.Pages.Admin.Backup;

/// <summary>The backups: how old the last one is, when the next is made, and what a restored portal holds.</summary>
public sealed partial class BackupPage
{
    private const int Shown = 50;

    private static string Setting => "Portal__Backup__Directory=/backup";
    private static string Command => "dotnet Efento.Portal.dll backup --to /backup";

    private string _message = "";
    private bool _isRefused;
    [HandedOver]
    private bool _isLoaded;
    [HandedOver]
    private BackupPlan? _plan;
    [HandedOver]
    private IReadOnlyList<BackupRecord> _records = [];
    [HandedOver]
    private BackupRecord? _good;
    [HandedOver]
    private BackupProgress? _now;
    [HandedOver]
    private HeldState? _held;

    /// <inheritdoc/>
    protected override TimeSpan Throttle => TimeSpan.FromMilliseconds(500);

    [Inject]
    private BackupHistory History { get; set; } = null!;

    [Inject]
    private BackupBoard Board { get; set; } = null!;

    [Inject]
    private BackupRequests Requests { get; set; } = null!;

    [Inject]
    private BackupPlans Plans { get; set; } = null!;

    [Inject]
    private HoldService Hold { get; set; } = null!;

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        Follow(new LiveKey(LiveTopic.Backup), new LiveKey(LiveTopic.Hold));
        (_records, _plan, _held) = (await History.ReadAsync(Shown), await Plans.ReadAsync(), await Hold.ReadAsync());
        (_good, _now, _isLoaded) = ((await History.LastAsync()).LastGood, Board.Now, true);
    }

    private static string StepOf(BackupProgress now) => now.Step switch
    {
        BackupStep.Copying => BackupsText.Copying(now.Copied.ToString("P0", CultureInfo.CurrentCulture)),
        BackupStep.Writing => BackupsText.Writing,
        _ => BackupsText.Checking,
    };

    private async Task StartAsync()
    {
        var fault = await Person.TryAsync(
            Policies.Administer, async actor => await Requests.StartAsync(actor) is { } why ? BackupWords.Of(why) : null);
        (_message, _isRefused) = (fault ?? BackupsText.Begun, fault is not null);
    }
}
