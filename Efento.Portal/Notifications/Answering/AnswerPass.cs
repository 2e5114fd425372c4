namespace Efento.Portal.Notifications.Answering;

/// <summary>What a link to acknowledge stands for.</summary>
/// <param name="AlarmId">The alarm.</param>
/// <param name="IssuedUtc">When it was made.</param>
/// <param name="Target">For whom: the person, or the channel itself where it is the recipient.</param>
internal sealed record AnswerPass(int AlarmId, DateTimeOffset IssuedUtc, Target Target)
{
    /// <summary>How long a link works.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(72);

    /// <summary>Under which name an answer is written down.</summary>
    public string Name => Target.Address ?? Target.Channel;

    /// <summary>Whether it has ended by now.</summary>
    public bool IsOver(DateTimeOffset now) => now - IssuedUtc >= Lifetime;
}
