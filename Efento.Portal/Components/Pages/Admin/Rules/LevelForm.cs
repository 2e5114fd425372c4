using Efento.Portal.Alarms.Rules;
using Efento.Portal.Alarms.Rules.Editing;
using Efento.Portal.Components.Words;

namespace Efento.Portal.Components.Pages.Admin.Rules;

/// <summary>The fields of a level's conditions.</summary>
public sealed class LevelForm
{
    /// <summary>Whether the level raises alarms.</summary>
    public bool IsOn { get; set; }

    /// <summary><see cref="LevelConditions.Low"/>.</summary>
    public FigureField Low { get; private init; } = new();

    /// <summary><see cref="LevelConditions.High"/>.</summary>
    public FigureField High { get; private init; } = new();

    /// <summary><see cref="LevelConditions.Change"/>.</summary>
    public FigureField Change { get; private init; } = new();

    /// <summary><see cref="LevelConditions.Below"/>.</summary>
    public FigureField Below { get; private init; } = new();

    /// <summary><see cref="LevelConditions.DelayMs"/>.</summary>
    public SpanField Delay { get; private init; } = new();

    /// <summary><see cref="LevelConditions.HighDelayMs"/>.</summary>
    public SpanField HighDelay { get; private init; } = new();

    /// <summary><see cref="LevelConditions.CumulativeInMs"/>.</summary>
    public SpanField CumulativeIn { get; private init; } = new();

    /// <summary><see cref="LevelConditions.WithinMs"/>.</summary>
    public SpanField Within { get; private init; } = new();

    /// <summary><see cref="LevelConditions.Is"/>.</summary>
    public int Is { get; set; } = 1;

    /// <summary><see cref="LevelConditions.WhenLate"/>.</summary>
    public bool WhenLate { get; set; }

    /// <summary>Whether a field is filled that few rules need.</summary>
    public bool HasMore => HighDelay.Text is not null || CumulativeIn.Text is not null;

    /// <summary>The fields of a level; empty for null.</summary>
    public static LevelForm Of(LevelConditions? level, Figures value, Figures change) => level is null ? new() : new()
    {
        IsOn = true,
        Low = FigureField.Of(level.Low, value),
        High = FigureField.Of(level.High, value),
        Change = FigureField.Of(level.Change, change),
        Below = FigureField.Of(level.Below, default),
        Delay = SpanField.Of(level.DelayMs),
        HighDelay = SpanField.Of(level.HighDelayMs),
        CumulativeIn = SpanField.Of(level.CumulativeInMs),
        Within = SpanField.Of(level.WithinMs),
        Is = level.Is ?? 1,
        WhenLate = level.WhenLate is true,
    };

    /// <summary>The conditions; null if the level raises no alarms.</summary>
    /// <param name="its">The fields that rules of the kind have.</param>
    /// <param name="value">How values are typed.</param>
    /// <param name="change">How changes are typed.</param>
    public LevelConditions? Conditions(LevelFields its, Figures value, Figures change) => !IsOn ? null : new()
    {
        Low = its.HasFlag(LevelFields.Low) ? Low.Stored(value) : null,
        High = its.HasFlag(LevelFields.High) ? High.Stored(value) : null,
        Change = its.HasFlag(LevelFields.Change) ? Change.Stored(change) : null,
        Below = its.HasFlag(LevelFields.Below) ? Below.Stored(default) : null,
        DelayMs = its.HasFlag(LevelFields.Delay) ? Delay.Ms ?? 0 : 0,
        HighDelayMs = its.HasFlag(LevelFields.HighDelay) ? HighDelay.Ms : null,
        CumulativeInMs = its.HasFlag(LevelFields.CumulativeIn) ? CumulativeIn.Ms : null,
        WithinMs = its.HasFlag(LevelFields.Within) ? Within.Ms : null,
        Is = its.HasFlag(LevelFields.Is) ? Is : null,
        WhenLate = its.HasFlag(LevelFields.When) ? WhenLate : null,
    };
}
