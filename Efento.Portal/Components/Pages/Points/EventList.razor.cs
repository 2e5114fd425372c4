using System.Data.Common;
using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Timeline;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>What happened at a measuring point in the time shown. The page tells it what; whoever turned its pages stays where they are.</summary>
public sealed partial class EventList
{
    private const int PageSize = 12;
    private static readonly TimeSpan ShownAround = TimeSpan.FromHours(6);

    private int _first;
    private int? _me;
    private bool _isAdministrator;
    private string? _fault;

    /// <summary>The measuring point.</summary>
    [Parameter, EditorRequired]
    public int PointId { get; set; }

    /// <summary>The events, newest first; null while they are asked for.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PointEvent>? Events { get; set; }

    /// <summary>The time shown; null before anything is.</summary>
    [Parameter]
    public ChartView? Shown { get; set; }

    /// <summary>The point's channels.</summary>
    [Parameter]
    public IReadOnlyList<PointChannel> Channels { get; set; } = [];

    /// <summary>Whether whoever looks may write notes.</summary>
    [Parameter]
    public bool MayNote { get; set; }

    /// <summary>The time around an event was chosen.</summary>
    [Parameter]
    public EventCallback<ChartView> OnLook { get; set; }

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private NoteDesk Notes { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    [Inject]
    private ILogger<EventList> Log { get; set; } = null!;

    /// <summary>Asks for a note of a moment.</summary>
    /// <param name="atUtc">The moment; null for now.</param>
    public async Task AddAsync(DateTimeOffset? atUtc)
    {
        if (await AskAsync(EventsText.AddNote, null, atUtc ?? Time.GetUtcNow()) is { Draft: { } draft })
        {
            await DoAsync(async (scope, actor) => await Notes.WriteAsync(scope, actor, PointId, draft));
        }
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_first >= Events?.Count)
        {
            _first = 0;
        }

        (_me, _isAdministrator) = (await Person.UserIdAsync(), await Person.MayAsync(Policies.Administer));
    }

    private async Task ChangeAsync(PointNote note)
    {
        var seen = new Seen(note.Id, note.Version);
        switch (await AskAsync(EventsText.ChangeNote, note, note.AtUtc))
        {
            case { Draft: { } draft }:
                await DoAsync(async (scope, actor) => await Notes.ChangeAsync(scope, actor, seen, draft));
                break;
            case { Draft: null }:
                await DoAsync(async (scope, actor) => await Notes.DeleteAsync(scope, actor, seen));
                break;
        }
    }

    private async Task<NoteDialog.Answer?> AskAsync(string title, PointNote? note, DateTimeOffset at)
    {
        var parameters = new DialogParameters { [nameof(NoteDialog.Note)] = note, [nameof(NoteDialog.AtUtc)] = at };
        var dialog = await Dialogs.ShowAsync<NoteDialog>(title, parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true });
        return (await dialog.Result)?.Data as NoteDialog.Answer;
    }

    private async Task DoAsync(Func<SiteScope, Actor, Task<NoteOutcome>> change)
    {
        try
        {
            _fault = EventWords.Fault(await change(await Person.ScopeAsync(), await Person.RequireAsync(Policies.Operate)));
        }
        catch (NotAllowedException)
        {
            _fault = PointsText.NotAllowed;
        }
        catch (Exception fault) when (fault is DbException or DbUpdateException)
        {
            Log.LogError(fault, "A note was not taken");
            _fault = PointsText.NotSaved;
        }

        StateHasChanged();
    }

    private bool MayChange(PointNote note) => MayNote && (_isAdministrator || (note.WriterId is { } writer && writer == _me));

    /// <summary>The event in the middle, with no more around it than is shown now.</summary>
    private ChartView Around(PointEvent happened)
    {
        var length = happened.UntilUtc - happened.FromUtc;
        var whole = length * 3 > ShownAround ? length * 3 : ShownAround;
        if (Shown is { } shown && shown.ToUtc - shown.FromUtc < whole && shown.ToUtc - shown.FromUtc > length)
        {
            whole = shown.ToUtc - shown.FromUtc;
        }

        var middle = happened.FromUtc + (length / 2);
        return new ChartView(middle - (whole / 2), middle + (whole / 2));
    }

    private RenderFragment When(PointEvent happened) =>
        happened.FromUtc == happened.UntilUtc ? At(happened.FromUtc)
        : happened is GapEvent { IsOver: false } ? EventsText.Since(At(happened.FromUtc))
        : EventsText.FromTo(At(happened.FromUtc), At(happened.UntilUtc));

    private static RenderFragment At(DateTimeOffset at) => builder =>
    {
        builder.OpenComponent<Moment>(0);
        builder.AddComponentParameter(1, nameof(Moment.At), (DateTimeOffset?)at);
        builder.CloseComponent();
    };
}
