using Efento.Portal.Measurements;

namespace Efento.Portal.Devices;

/// <summary>
/// A logger in memory. The writer alone changes what it last said, and whoever holds the turn to write what people decided about it; anybody
/// may read it at any time.
/// </summary>
public sealed class LoggerEntry(int id, string serial)
{
    private volatile LoggerContact? _contact;
    private volatile LoggerContact? _aheadContact;
    private volatile int _setAside;
    private volatile bool _synchronise = true;
    private volatile LoggerApproval _approval;

    /// <summary>The key.</summary>
    public int Id => id;

    /// <summary>The serial number.</summary>
    public string Serial => serial;

    /// <summary>Y or N.</summary>
    public bool Synchronise
    {
        get => _synchronise;
        set => _synchronise = value;
    }

    /// <summary>Whether it is shown.</summary>
    public LoggerApproval Approval
    {
        get => _approval;
        set => _approval = value;
    }

    /// <summary>What its newest record said; null before the first.</summary>
    public LoggerContact? Contact => _contact;

    /// <summary>What its newest record said if that was measured ahead of the server's clock; null if it was not.</summary>
    public LoggerContact? AheadContact => _aheadContact;

    /// <summary>What its newest record said, whatever its clock; null before the first.</summary>
    public LoggerContact? LastContact => _aheadContact ?? _contact;

    /// <summary>How many of its records were set aside for their time since the last that was not, or since the start.</summary>
    public int SetAside => _setAside;

    /// <summary>How its records come.</summary>
    public LoggerRhythm Rhythm { get; } = new();

    /// <summary>Through which gateways it is heard.</summary>
    public LoggerGateways Gateways { get; } = new();

    /// <summary>Takes a committed record's word, unless a newer one is known: "latest" never goes back.</summary>
    /// <param name="contact">What it says.</param>
    /// <param name="receivedMs">When it was received, Unix ms.</param>
    public void Note(LoggerContact contact, long receivedMs)
    {
        Gateways.Note(contact);
        _setAside = 0;
        var last = _contact;
        if (last is null || contact.MeasuredAtMs >= last.MeasuredAtMs)
        {
            Rhythm.Note(contact.MeasuredAtMs, receivedMs);
            _contact = contact;
            _aheadContact = null;
        }
    }

    /// <summary>When its newest record was measured, those ahead of the clock included, and what that said; null before the first.</summary>
    internal NewestRecord? Newest { get; set; }

    /// <summary>Takes the word of a committed record measured ahead of the server's clock.</summary>
    public void NoteAhead(LoggerContact contact)
    {
        Gateways.Note(contact);
        _setAside = 0;
        _aheadContact = contact;
    }

    /// <summary>Notes that a record was set aside, for its time can't be right.</summary>
    public void NoteSetAside() => _setAside++;

    /// <summary>Takes what the database knows of a logger that was heard before the start.</summary>
    internal void Restore(NewestRecord newest, LoggerContact? contact, LoggerContact? aheadContact)
    {
        Newest = newest;
        (_contact, _aheadContact) = (contact, aheadContact);
        if (LastContact is { } last)
        {
            Gateways.Note(last);
        }
    }
}

/// <summary>The newest record of a logger, whatever the clock says of it.</summary>
/// <param name="MeasuredAtMs">When it was measured, Unix ms.</param>
/// <param name="Report">What it said.</param>
internal sealed record NewestRecord(long MeasuredAtMs, LoggerReport Report);

/// <summary>What a logger's newest record said of the logger itself.</summary>
/// <param name="MeasuredAtMs">When it was measured, Unix ms.</param>
/// <param name="IntervalSeconds">The measurement interval in seconds; 0 if not said.</param>
/// <param name="NextMeasurementAtMs">When the next one was promised, Unix ms; 0 if not said.</param>
/// <param name="Signal">Signal strength as sent (dBm, negative).</param>
/// <param name="BatteryLow">Whether the battery is low.</param>
/// <param name="MessageId">The message it came with.</param>
/// <param name="GatewayId">The gateway it was heard through, if known.</param>
public sealed record LoggerContact(
    long MeasuredAtMs,
    int IntervalSeconds,
    long NextMeasurementAtMs,
    short? Signal,
    bool? BatteryLow,
    long MessageId,
    int? GatewayId);
