using Efento.Portal.Devices;
using Efento.Portal.Devices.Administration;

namespace Efento.Portal.Components.Pages.Admin.Loggers;

/// <summary>A row of the table of names: what a user has entered for a point, and what the point was called before.</summary>
public sealed class NameEdit
{
    private Seen _seen;

    /// <summary>The row of a logger with a point.</summary>
    public NameEdit(LoggerOverview logger)
    {
        Serial = logger.Serial;
        Before = PointLabel.Of(logger.Point!);
        Take(logger.Point!);
    }

    /// <summary>The serial of the logger.</summary>
    public string Serial { get; }

    /// <summary>The key of the point.</summary>
    public int PointId => _seen.Id;

    /// <summary>The entered name; empty as long as there is none.</summary>
    public string Name { get; set; } = "";

    /// <summary>The chosen location.</summary>
    public int? LocationId { get; set; }

    /// <summary>The entered remark.</summary>
    public string? Remark { get; set; }

    /// <summary>Why it was not saved; null if nothing was wrong.</summary>
    public PointOutcome? Fault { get; set; }

    /// <summary>What somebody else has made of it meanwhile; null if nobody has.</summary>
    public PointOverview? Theirs { get; private set; }

    /// <summary>What the point was called when the user began.</summary>
    public PointLabel Before { get; private set; }

    /// <summary>What it is to be called.</summary>
    public PointLabel Label => new PointLabel(
        IsUnnamed && string.IsNullOrWhiteSpace(Name) ? Serial : Name, LocationId, Remark).Tidy();

    /// <summary>Whether the user has changed it.</summary>
    public bool IsChanged => Label != Before;

    /// <summary>Whether nobody has given it a name.</summary>
    public bool IsUnnamed => Before.Name == Serial;

    /// <summary>The change to save.</summary>
    public PointChange Change => new(_seen, Label);

    /// <summary>Takes over what the point is called now, unless the user has changed the row.</summary>
    public void Follow(PointOverview? now)
    {
        if (now is null || now.Version == _seen.Version)
        {
            return;
        }

        if (IsChanged && Label != PointLabel.Of(now))
        {
            Theirs = now;
        }
        else
        {
            Take(now);
        }
    }

    /// <summary>Forgets what the user has entered.</summary>
    public void Reset()
    {
        if (Theirs is { } theirs)
        {
            Take(theirs);
        }
        else
        {
            Show();
        }
    }

    /// <summary>Keeps what the user has entered, instead of what somebody else has.</summary>
    public void Insist()
    {
        if (Theirs is { } theirs)
        {
            (_seen, Before) = (new Seen(theirs.Id, theirs.Version), PointLabel.Of(theirs));
            (Theirs, Fault) = (null, null);
        }
    }

    private void Take(PointOverview point)
    {
        (_seen, Before) = (new Seen(point.Id, point.Version), PointLabel.Of(point));
        Show();
    }

    private void Show()
    {
        (Name, LocationId, Remark) = (IsUnnamed ? "" : Before.Name, Before.LocationId, Before.Place);
        (Theirs, Fault) = (null, null);
    }
}
