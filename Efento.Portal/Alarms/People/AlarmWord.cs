namespace Efento.Portal.Alarms.People;

/// <summary>
/// A word that people choose from when they acknowledge an alarm. Alarms keep the text, so words can be changed and removed.
/// </summary>
public sealed class AlarmWord
{
    /// <summary>The most letters of a word.</summary>
    public const int MostLetters = 100;

    /// <summary>The most words of a list.</summary>
    public const int MostWords = 50;

    /// <summary>The key.</summary>
    public int Id { get; init; }

    /// <summary>The list that it is in.</summary>
    public required AlarmWordKind Kind { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>Its place in the list, from 0.</summary>
    public required int Position { get; init; }
}

/// <summary>The lists of words.</summary>
public enum AlarmWordKind : byte
{
    /// <summary>Why alarms happen.</summary>
    Cause = 1,

    /// <summary>What people do about them.</summary>
    Action = 2,
}
