namespace Efento.Portal.Alarms.Evaluation;

/// <summary>What the evaluation needs of a reading.</summary>
/// <param name="Ms">When it was measured, Unix ms.</param>
/// <param name="Value">Its value; null for an error or no value.</param>
/// <param name="MessageId">The message it came with.</param>
internal readonly record struct Sample(long Ms, double? Value, long MessageId);
