namespace Efento.Portal.Devices;

/// <summary>
/// A logger in memory. Only the writer changes its reports, and only the holder of the write gate changes what users decided about it. Any
/// thread may read it at any time.
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

    /// <summary>The report of its newest record; null before the first.</summary>
    public LoggerContact? Contact => _contact;

    /// <summary>The report of its newest record if that was measured ahead of the server's clock; null if it was not.</summary>
    public LoggerContact? AheadContact => _aheadContact;

    /// <summary>The report of its newest record, also if that is ahead of the server's clock; null before the first.</summary>
    public LoggerContact? LastContact => _aheadContact ?? _contact;

    /// <summary>How many of its last records in a row were set aside because of their time, counted since the start.</summary>
    public int SetAside => _setAside;

    /// <summary>Its observed rhythm.</summary>
    public LoggerRhythm Rhythm { get; } = new();

    /// <summary>The gateways that hear it.</summary>
    public LoggerGateways Gateways { get; } = new();

    /// <summary>Notes the report of a committed record, unless a newer one is known: "latest" never goes back.</summary>
    /// <param name="contact">The report.</param>
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

    /// <summary>
    /// Its newest record, also if that is ahead of the server's clock; null before the first.
    /// </summary>
    internal NewestRecord? Newest { get; set; }

    /// <summary>Notes the report of a committed record that was measured ahead of the server's clock.</summary>
    public void NoteAhead(LoggerContact contact)
    {
        Gateways.Note(contact);
        _setAside = 0;
        _aheadContact = contact;
    }

    /// <summary>Notes that a record was set aside because its time can't be right.</summary>
    public void NoteSetAside() => _setAside++;

    /// <summary>Restores a logger from the database at the start.</summary>
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

/// <summary>The newest record of a logger, also if it is ahead of the server's clock.</summary>
/// <param name="MeasuredAtMs">When it was measured, Unix ms.</param>
/// <param name="Report">Its report.</param>
internal sealed record NewestRecord(long MeasuredAtMs, LoggerReport Report);

/// <summary>What a logger's newest record reports about the logger itself.</summary>
/// <param name="MeasuredAtMs">When it was measured, Unix ms.</param>
/// <param name="IntervalSeconds">The measurement interval in seconds; 0 if not reported.</param>
/// <param name="NextMeasurementAtMs">When the next one was promised, Unix ms; 0 if not reported.</param>
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
