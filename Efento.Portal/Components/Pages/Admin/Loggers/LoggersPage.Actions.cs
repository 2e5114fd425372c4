using Efento.Portal.Access;
using Efento.Portal.Components.Browser;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.Pages.Points;
using Efento.Portal.Components.Words;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <content>What can be done; each asks first who does it.</content>
public sealed partial class LoggersPage
{
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
    private IJSRuntime Js { get; set; } = null!;

    private Task ActAsync((LoggerOverview Logger, LoggerAction Action) what) => what.Action switch
    {
        LoggerAction.SetY => SetAsync([what.Logger.Id], true),
        LoggerAction.SetN => SetAsync([what.Logger.Id], false),
        LoggerAction.Label => LabelAsync(what.Logger.Point!),
        LoggerAction.Replace => ReplaceAsync(what.Logger.Point!, what.Logger),
        LoggerAction.Approve => ApproveAsync([what.Logger]),
        LoggerAction.Refuse => RefuseAsync([what.Logger]),
        LoggerAction.Retire => RetireAsync([what.Logger]),
        _ => BringBackAsync(what.Logger),
    };

    private Task ActAsync((FreePoint Free, LoggerAction Action) what) => what.Action switch
    {
        LoggerAction.Label => LabelAsync(what.Free.Point),
        LoggerAction.Replace => ReplaceAsync(what.Free.Point, null),
        LoggerAction.Retire => RetireAsync(what.Free.Point),
        _ => DoAsync(
            async actor =>
                Notice.Of(
                    await Retirement.BringPointBackAsync(actor, SeenAs(what.Free.Point)),
                    LoggersText.PointBroughtBack(what.Free.Point.Name))),
    };

    private async Task SetAsync(IReadOnlyCollection<int> loggers, bool synchronise, string why = "")
    {
        var preview = await Switch.PreviewAsync(loggers, synchronise);
        var title = LoggersText.SetTitle(AdministrationWords.Letter(synchronise));
        if (
            await AskAsync<FlagDialog,
            string>(title, new() { [nameof(FlagDialog.Preview)] = preview, [nameof(FlagDialog.Why)] = why }) is { } reason)
        {
            await DoAsync(async actor => Notice.Of(await Switch.SetAsync(actor, preview.Changes, reason), reason));
        }
    }

    private Task UndoAsync()
    {
        var (undo, reason) = (_notice!.Undo, _notice.Reason);
        return DoAsync(async actor => Notice.Of(await Switch.SetAsync(actor, undo, RecentFlags.Undoing(reason)), reason));
    }

    private Task TakeBackAsync(RecentFlag change) =>
        SetAsync([.. change.Loggers.Select(l => l.Id)], !change.Synchronise, RecentFlags.Undoing(change.Setting.Reason!));

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
                ? Notice.Of(
                    await Retirement.RetireWithPointAsync(actor, SeenAs(loggers)[0], SeenAs(loggers[0].Point!), given.Reason),
                    LoggersText.RetiredWithPoint)
                : Notice.Of(await Retirement.RetireAsync(actor, SeenAs(loggers), given.Reason), LoggersText.Retired));
        }
    }

    private async Task RetireAsync(PointOverview point)
    {
        if (await AskAsync(LoggersText.RetirePointMeans(point.Name), LoggersText.Retire) is { } given)
        {
            await DoAsync(
                async actor =>
                    Notice.Of(await Retirement.RetirePointAsync(actor, SeenAs(point), given.Reason), LoggersText.PointRetired(point.Name)));
        }
    }

    private Task BringBackAsync(LoggerOverview logger) => DoAsync(async actor => logger.Point is { RetiredUtc: not null } point
        ? Notice.Of(await Retirement.BringBackWithPointAsync(actor, SeenAs([logger])[0], SeenAs(point)), LoggersText.BroughtBackWithPoint)
        : Notice.Of(await Retirement.BringBackAsync(actor, SeenAs([logger])), LoggersText.BroughtBack));

    private async Task LabelAsync(PointOverview point)
    {
        if (
            await AskAsync<LabelDialog,
            PointLabel>(LoggersText.Label, new() { [nameof(LabelDialog.Point)] = point }) is { } label)
        {
            await DoAsync(async actor =>
            {
                var faults = await Naming.NameAsync(await Person.ScopeAsync(), actor, [new PointChange(SeenAs(point), label)]);
                return AdministrationWords.Fault(faults) is { } fault
                    ? new Notice(fault, true)
                    : new Notice(LoggersText.PointSaved(label.Tidy().Name));
            });
        }
    }

    private async Task ReplaceAsync(PointOverview point, LoggerOverview? old)
    {
        var parameters = new DialogParameters
        {
            [nameof(ReplaceDialog.Point)] = point,
            [nameof(ReplaceDialog.Old)] = old,
            [nameof(ReplaceDialog.Candidates)] = _loggers!
                .Where(l => l.IsShown && l.Id != old?.Id)
                .OrderBy(l => l.PointName == l.Serial ? 0 : 1)
                .ToList(),
            [nameof(ReplaceDialog.Zone)] = await Js.ZoneAsync(Assets, View),
        };
        if (
            await AskAsync<ReplaceDialog,
            Replacement>(old is null ? LoggersText.AssignLogger : LoggersText.ReplaceLogger, parameters) is { } replacement)
        {
            await DoAsync(
                async actor => Notice.Of(await Replacing.ReplaceAsync(actor, replacement), LoggersText.PointReplaced(point.Name)));
        }
    }

    /// <summary>Runs an action as the user, shows its result, and loads the page again.</summary>
    private async Task DoAsync(Func<Actor, Task<Notice>> action)
    {
        var fault = await Person.TryAsync(Policies.Administer, async actor =>
        {
            _notice = await action(actor);
            _chosen.Clear();
            return null;
        });
        _notice = fault is null ? _notice : new Notice(fault, true);
        await ReloadAsync();
    }

    private Task<ReasonDialog.Given?> AskAsync(string text, string action, string? also = null) =>
        AskAsync<ReasonDialog, ReasonDialog.Given>(
        action,
        new() { [nameof(ReasonDialog.Text)] = text, [nameof(ReasonDialog.Action)] = action, [nameof(ReasonDialog.Also)] = also });

    private Task<TGiven?> AskAsync<TDialog, TGiven>(string title, DialogParameters parameters)
        where TDialog : IComponent
        where TGiven : class => Dialogs.AskAsync<TDialog, TGiven>(title, parameters, DialogAnswers.Fields);

    private static IReadOnlyList<Seen> SeenAs(IEnumerable<LoggerOverview> loggers) => [.. loggers.Select(l => new Seen(l.Id, l.Version))];

    private static Seen SeenAs(PointOverview point) => new(point.Id, point.Version);
}
