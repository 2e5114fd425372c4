using Efento.Portal.Data;

namespace Efento.Portal.Alarms;

/// <summary>
/// Takes what happened to alarms within the transaction that records it, so that what follows from it commits or fails together with it.
/// </summary>
internal interface IAlarmFollower
{
    /// <summary>Adds what follows. All alarms have their keys.</summary>
    /// <param name="db">The writing context of the transaction.</param>
    /// <param name="steps">What happened, in this order.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    Task TakeAsync(PortalDbContext db, IReadOnlyCollection<AlarmStep> steps, CancellationToken cancellationToken);

    /// <summary>The transaction was committed. It must not wait and not throw.</summary>
    void Committed();
}

/// <summary>Something that happened to an alarm.</summary>
/// <param name="Alarm">The alarm as it is now.</param>
/// <param name="Event">What happened.</param>
internal readonly record struct AlarmStep(Alarm Alarm, AlarmEvent Event);
