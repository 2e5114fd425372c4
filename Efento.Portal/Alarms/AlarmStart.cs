namespace Efento.Portal.Alarms;

/// <summary>Since when the portal judges readings. There is one row.</summary>
public sealed class AlarmStart
{
    /// <summary>The only key.</summary>
    public int Id { get; init; } = 1;

    /// <summary>What came with this message or an earlier one is not judged: nobody could have been told of it.</summary>
    public required long AfterMessage { get; init; }

    /// <summary>The newest version of a rule whose past is judged.</summary>
    public required int LastRule { get; set; }
}
