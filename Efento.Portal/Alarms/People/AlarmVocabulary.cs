namespace Efento.Portal.Alarms.People;

/// <summary>The words for why alarms happen and what people do about them.</summary>
/// <param name="Causes">Why they happen.</param>
/// <param name="Actions">What people do.</param>
public sealed record AlarmVocabulary(IReadOnlyList<string> Causes, IReadOnlyList<string> Actions)
{
    /// <summary>No words.</summary>
    public static AlarmVocabulary None { get; } = new([], []);

    /// <summary>The rows of the words.</summary>
    public IEnumerable<AlarmWord> Words => Rows(AlarmWordKind.Cause, Causes).Concat(Rows(AlarmWordKind.Action, Actions));

    /// <summary>The words to begin with, in the current language.</summary>
    public static AlarmVocabulary First => new(
        [
            AlarmWordText.DoorLeftOpen, AlarmWordText.Delivery, AlarmWordText.Defrosting, AlarmWordText.PowerFailure,
            AlarmWordText.DeviceFailure, AlarmWordText.Cleaning,
        ],
        [
            AlarmWordText.GoodsChecked, AlarmWordText.GoodsMoved, AlarmWordText.GoodsDiscarded, AlarmWordText.DoorClosed,
            AlarmWordText.DeviceRepaired, AlarmWordText.FalseAlarm,
        ]);

    /// <summary>The words without empty ones, spaces around them and repetitions.</summary>
    public AlarmVocabulary Tidy() => new(Tidy(Causes), Tidy(Actions));

    /// <summary>Whether others say the same in the same order.</summary>
    public bool IsSame(AlarmVocabulary other) => Causes.SequenceEqual(other.Causes) && Actions.SequenceEqual(other.Actions);

    /// <summary>As the audit trail writes them.</summary>
    public override string ToString() => $"causes: {string.Join(", ", Causes)}; actions: {string.Join(", ", Actions)}";

    private static IEnumerable<AlarmWord> Rows(AlarmWordKind kind, IEnumerable<string> words) =>
        words.Select((word, i) => new AlarmWord { Kind = kind, Text = word, Position = i });

    private static IReadOnlyList<string> Tidy(IEnumerable<string> words) =>
        [.. words.Select(w => w.Trim()).Where(w => w.Length > 0).Distinct(StringComparer.CurrentCultureIgnoreCase)];
}
