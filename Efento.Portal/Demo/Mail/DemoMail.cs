namespace Efento.Portal.Demo.Mail;

/// <summary>An e-mail that the demo would have sent.</summary>
/// <param name="Number">Counts them, from 1 on.</param>
/// <param name="ReceivedUtc">When it came.</param>
/// <param name="To">For whom it is.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Text">The text without mark-up.</param>
public sealed record DemoMail(int Number, DateTimeOffset ReceivedUtc, string To, string Subject, string Text);
