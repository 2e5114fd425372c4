using Efento.Portal.Access;
using Efento.Portal.Components.Controls;
using Efento.Portal.Components.People;
using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;
using Efento.Portal.Timeline;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace Efento.Portal.Components.Pages.Points;

/// <summary>
/// The events of a measuring point in the range shown. When the page passes new events, the user stays on the same page of the list.
/// </summary>
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

    /// <summary>The events, newest first; null while they are loading.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PointEvent>? Events { get; set; }

    /// <summary>The range shown; null before the first drawing.</summary>
    [Parameter]
    public ChartView? Shown { get; set; }

    /// <summary>The point's channels.</summary>
    [Parameter]
    public IReadOnlyList<PointChannel> Channels { get; set; } = [];

    /// <summary>Whether the user may write notes.</summary>
    [Parameter]
    public bool MayNote { get; set; }

    /// <summary>Called to show the time around an event.</summary>
    [Parameter]
    public EventCallback<ChartView> OnViewChange { get; set; }

    [Inject]
    private CurrentPerson Person { get; set; } = null!;

    [Inject]
    private NoteService Notes { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private ISnackbar Snackbar { get; set; } = null!;

    [Inject]
    private TimeProvider Time { get; set; } = null!;

    /// <summary>Asks for a note.</summary>
    /// <param name="atUtc">The time of the note; null for now.</param>
    public async Task AddAsync(DateTimeOffset? atUtc)
    {
        if (await AskAsync(EventsText.AddNote, null, atUtc ?? Time.GetUtcNow()) is { Draft: { } draft })
        {
            await DoAsync(EventsText.NoteSaved, async (scope, actor) => await Notes.WriteAsync(scope, actor, PointId, draft));
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
                await DoAsync(EventsText.NoteSaved, async (scope, actor) => await Notes.ChangeAsync(scope, actor, seen, draft));
                break;
            case { Draft: null }:
                await DoAsync(EventsText.NoteDeleted, async (scope, actor) => await Notes.DeleteAsync(scope, actor, seen));
                break;
        }
    }

    private Task<NoteDialog.Answer?> AskAsync(string title, PointNote? note, DateTimeOffset at) =>
        Dialogs.AskAsync<NoteDialog, NoteDialog.Answer>(
        title, new() { [nameof(NoteDialog.Note)] = note, [nameof(NoteDialog.AtUtc)] = at }, DialogAnswers.Fields);

    private async Task DoAsync(string done, Func<SiteScope, Actor, Task<NoteOutcome>> change)
    {
        _fault = await Person.TryAsync(Policies.Operate, async actor => EventWords.Fault(await change(await Person.ScopeAsync(), actor)));
        if (_fault is null)
        {
            Snackbar.Add(done, Severity.Success);
        }

        StateHasChanged();
    }

    private bool MayChange(PointNote note) => MayNote && (_isAdministrator || (note.WriterId is { } writer && writer == _me));

    /// <summary>A range with the event in the middle, no longer than the range shown.</summary>
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

    private static RenderFragment When(PointEvent happened) =>
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
