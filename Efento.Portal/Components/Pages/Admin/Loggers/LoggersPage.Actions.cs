using System.Data.Common;
using Efento.Portal.Access;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.People;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Maintenance;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <content>What can be done; each asks first who does it.</content>
public sealed partial class LoggersPage
{
    private static readonly DialogOptions Wide = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private SynchroniseSwitch Switch { get; set; } = null!;

    [Inject]
    private LoggerAdmission Admission { get; set; } = null!;

    [Inject]
    private Retirement Retirement { get; set; } = null!;

    [Inject]
    private PointNaming Naming { get; set; } = null!;

    [Inject]
    private LoggerReplacement Replacing { get; set; } = null!;

    [Inject]
    private SiteClock Clock { get; set; } = null!;

    [Inject]
    private ILogger<LoggersPage> Log { get; set; } = null!;

    private Task ActAsync((LoggerOverview Logger, LoggerAction Action) what) => what.Action switch
    {
        LoggerAction.SetY => SetAsync([what.Logger.Id], true),
        LoggerAction.SetN => SetAsync([what.Logger.Id], false),
        LoggerAction.Rename => RenameAsync(what.Logger.Point!),
        LoggerAction.Replace => ReplaceAsync(what.Logger.Point!, what.Logger),
        LoggerAction.Approve => ApproveAsync([what.Logger]),
        LoggerAction.Refuse => RefuseAsync([what.Logger]),
        LoggerAction.Retire => RetireAsync([what.Logger]),
        _ => BringBackAsync(what.Logger),
    };

    private Task ActAsync((FreePoint Free, LoggerAction Action) what) => what.Action switch
    {
        LoggerAction.Rename => RenameAsync(what.Free.Point),
        LoggerAction.Replace => ReplaceAsync(what.Free.Point, null),
        LoggerAction.Retire => RetireAsync(what.Free.Point),
        _ => DoAsync(async actor => Notice.Of(await Retirement.BringPointBackAsync(actor, SeenAs(what.Free.Point)), LoggersText.PointBroughtBack(what.Free.Point.Name))),
    };

    private async Task SetAsync(IReadOnlyCollection<int> loggers, bool synchronise, string why = "")
    {
        var preview = await Switch.PreviewAsync(loggers, synchronise);
        var title = LoggersText.SetTitle(AdministrationWords.Letter(synchronise));
        if (await AskAsync<FlagDialog, string>(title, new() { [nameof(FlagDialog.Preview)] = preview, [nameof(FlagDialog.Why)] = why }) is { } reason)
        {
            await DoAsync(async actor => Notice.Of(await Switch.SetAsync(actor, preview.Changes, reason), reason));
        }
    }

    private Task UndoAsync()
    {
        var (undo, reason) = (_notice!.Undo, _notice.Reason);
        return DoAsync(async actor => Notice.Of(await Switch.SetAsync(actor, undo, RecentFlags.Undoing(reason)), reason));
    }

    private Task TakeBackAsync(RecentFlag change) => SetAsync([.. change.Loggers.Select(l => l.Id)], !change.Synchronise, RecentFlags.Undoing(change.Setting.Reason!));

    private Task ApproveAsync(IReadOnlyList<LoggerOverview> loggers) =>
        DoAsync(async actor => Notice.Of(await Admission.ApproveAsync(actor, SeenAs(loggers)), LoggersText.Approved));

    private async Task RefuseAsync(IReadOnlyList<LoggerOverview> loggers)
    {
        var text = loggers is [var only] ? LoggersText.RefuseSingleMeans(only.Serial) : LoggersText.RefuseSeveralMeans(loggers.Count);
        if (await AskAsync(text, LoggersText.Refuse) is { } given)
        {
            await DoAsync(async actor => Notice.Of(await Admission.RefuseAsync(actor, SeenAs(loggers), given.Reason), LoggersText.Refused));
        }
    }

    private async Task RetireAsync(IReadOnlyList<LoggerOverview> loggers)
    {
        var also = loggers is [{ Point: { RetiredUtc: null } point }] ? LoggersText.AlsoPoint(point.Name) : null;
        var text = loggers is [var only] ? LoggersText.RetireSingleMeans(only.Serial) : LoggersText.RetireSeveralMeans(loggers.Count);
        if (await AskAsync(text, LoggersText.Retire, also) is { } given)
        {
            await DoAsync(async actor => given.Also
                ? Notice.Of(await Retirement.RetireWithPointAsync(actor, SeenAs(loggers)[0], SeenAs(loggers[0].Point!), given.Reason), LoggersText.RetiredWithPoint)
                : Notice.Of(await Retirement.RetireAsync(actor, SeenAs(loggers), given.Reason), LoggersText.Retired));
        }
    }

    private async Task RetireAsync(PointOverview point)
    {
        if (await AskAsync(LoggersText.RetirePointMeans(point.Name), LoggersText.Retire) is { } given)
        {
            await DoAsync(async actor => Notice.Of(await Retirement.RetirePointAsync(actor, SeenAs(point), given.Reason), LoggersText.PointRetired(point.Name)));
        }
    }

    private Task BringBackAsync(LoggerOverview logger) => DoAsync(async actor => logger.Point is { RetiredUtc: not null } point
        ? Notice.Of(await Retirement.BringBackWithPointAsync(actor, SeenAs([logger])[0], SeenAs(point)), LoggersText.BroughtBackWithPoint)
        : Notice.Of(await Retirement.BringBackAsync(actor, SeenAs([logger])), LoggersText.BroughtBack));

    private async Task RenameAsync(PointOverview point)
    {
        if (await AskAsync<RenameDialog, RenameDialog.Named>(LoggersText.Rename, new() { [nameof(RenameDialog.Point)] = point }) is { } named)
        {
            await DoAsync(async actor => Notice.Of(await Naming.RenameAsync(await Person.ScopeAsync(), actor, SeenAs(point), named.Name, named.Place), LoggersText.PointSaved(named.Name.Trim())));
        }
    }

    private async Task ReplaceAsync(PointOverview point, LoggerOverview? old)
    {
        var parameters = new DialogParameters
        {
            [nameof(ReplaceDialog.Point)] = point,
            [nameof(ReplaceDialog.Old)] = old,
            [nameof(ReplaceDialog.Candidates)] = _loggers!.Where(l => l.IsShown && l.Id != old?.Id).OrderBy(l => l.PointName == l.Serial ? 0 : 1).ToList(),
            [nameof(ReplaceDialog.Zone)] = await Clock.ReadZoneAsync(),
        };
        if (await AskAsync<ReplaceDialog, Replacement>(old is null ? LoggersText.AssignLogger : LoggersText.ReplaceLogger, parameters) is { } replacement)
        {
            await DoAsync(async actor => Notice.Of(await Replacing.ReplaceAsync(actor, replacement), LoggersText.PointReplaced(point.Name)));
        }
    }

    /// <summary>Does it as whoever looks, says what became of it, and shows how things are now.</summary>
    private async Task DoAsync(Func<Actor, Task<Notice>> action)
    {
        try
        {
            _notice = await action(await Person.RequireAsync(Policies.Administer));
            _chosen.Clear();
        }
        catch (NotAllowedException)
        {
            _notice = new Notice(LoggersText.NotAllowed, true);
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            LogFailed(Log, fault);
            _notice = new Notice(LoggersText.NotStored, true);
        }

        await ReloadAsync();
    }

    private Task<ReasonDialog.Given?> AskAsync(string text, string action, string? also = null) => AskAsync<ReasonDialog, ReasonDialog.Given>(
        action,
        new() { [nameof(ReasonDialog.Text)] = text, [nameof(ReasonDialog.Action)] = action, [nameof(ReasonDialog.Also)] = also });

    private async Task<TGiven?> AskAsync<TDialog, TGiven>(string title, DialogParameters parameters)
        where TDialog : IComponent
        where TGiven : class
    {
        var dialog = await Dialogs.ShowAsync<TDialog>(title, parameters, Wide);
        return (await dialog.Result)?.Data as TGiven;
    }

    private static IReadOnlyList<Seen> SeenAs(IEnumerable<LoggerOverview> loggers) => [.. loggers.Select(l => new Seen(l.Id, l.Version))];

    private static Seen SeenAs(PointOverview point) => new(point.Id, point.Version);

    [LoggerMessage(Level = LogLevel.Error, Message = "A decision about loggers was not stored")]
    private static partial void LogFailed(ILogger logger, Exception fault);
}
