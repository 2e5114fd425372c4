using Efento.Portal.Measurements;

namespace Efento.Portal.Outgoing;

/// <summary>How far a feed has sent. Only <see cref="MessageId"/> is saved: a message that was sent in part is sent again.</summary>
/// <param name="MessageId">The last message that was sent as a whole; 0 before the first one in the ledger.</param>
/// <param name="PartOf">The message that was sent in part; 0 if none was.</param>
/// <param name="Loggers">How many loggers of that message were sent as a whole.</param>
/// <param name="After">The last reading of the next logger that was sent; null if none was.</param>
internal sealed record FeedPosition(long MessageId, long PartOf = 0, int Loggers = 0, ReadingPosition? After = null);
