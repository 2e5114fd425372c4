using Efento.Portal.Access;
using Efento.Portal.Alarms;
using Efento.Portal.Alarms.Lists;
using Efento.Portal.Alarms.People;
using Efento.Portal.Data;
using Efento.Portal.Devices;
using Efento.Portal.Notifications.Sending;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Notifications.Answering;

/// <summary>
/// Lets people acknowledge an alarm with the link of a message. What the person may do is asked each time, not remembered in the link.
/// </summary>
internal sealed class AlarmAnswers(
    IDbContextFactory<PortalDbContext> database, AnswerLinks links, Audience audience, NotificationDirectory directory, AlarmQuery alarms,
    AlarmActions actions, AlarmWordList words, PeopleDirectory people, SignInLocks locks, TimeProvider time)
{
    /// <summary>The name under which senders of wrong codes are made to wait. No account has it.</summary>
    internal const string LockName = "links to acknowledge";

    /// <summary>What a link is good for now. It changes nothing, because scanners of e-mail follow links.</summary>
    /// <param name="code">The code of the link.</param>
    /// <param name="from">The IP address of whoever opens it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<AnswerSheet> OpenAsync(string code, string from, CancellationToken cancellationToken = default)
    {
        var (pass, refusal) = Read(code, from);
        if (pass is null)
        {
            return new AnswerSheet(refusal);
        }

        await using var db = await database.CreateDbContextAsync(cancellationToken);
        var accounts = await Audience.AccountsAsync(db, cancellationToken);
        var sheet = await SheetOfAsync(db, pass, accounts, cancellationToken);
        return sheet.State is AnswerState.Open ? sheet with { Words = await words.ReadAsync(cancellationToken) } : sheet;
    }

    /// <summary>Acknowledges the alarm of a link.</summary>
    /// <param name="code">The code of the link.</param>
    /// <param name="from">The IP address of whoever answers.</param>
    /// <param name="said">What they say. Words that are not the site's are left out.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>What the link is good for now, and what is wrong with the answer; null if nothing is.</returns>
    public async Task<(AnswerSheet Sheet, AlarmOutcome? Fault)> AnswerAsync(
        string code, string from, Acknowledgement said, CancellationToken cancellationToken = default)
    {
        var sheet = await OpenAsync(code, from, cancellationToken);
        if (sheet.State is not AnswerState.Open || links.Read(code) is not { } pass)
        {
            return (sheet, null);
        }

        var outcome = await actions.AcknowledgeAsync(
            await ScopeOfAsync(pass, cancellationToken), new Actor(ActorKind.Link, pass.Name, from), pass.AlarmId,
            Known(said, sheet.Words), cancellationToken);
        return outcome.Fault is AlarmFault.TextMissing or AlarmFault.TooLong
            ? (sheet, outcome)
            : (await OpenAsync(code, from, cancellationToken), null);
    }

    private (AnswerPass? Pass, AnswerState Refusal) Read(string code, string from)
    {
        var sender = SignInLocks.SenderOf(from);
        if (locks.Until(LockName, sender) is not null)
        {
            return (null, AnswerState.Locked);
        }

        var pass = links.Read(code);
        if (pass is null)
        {
            locks.Fail(LockName, sender);
        }

        return (pass, AnswerState.Unknown);
    }

    private async Task<AnswerSheet> SheetOfAsync(
        PortalDbContext db, AnswerPass pass, IReadOnlyDictionary<string, User> accounts, CancellationToken cancellationToken)
    {
        var reader = ReaderOf(pass, accounts);
        if (pass.IsOver(time.GetUtcNow()))
        {
            return new(AnswerState.Over, reader);
        }

        // Before the alarm is read: of somebody who acknowledges it meanwhile, the alarm tells.
        var wasAnswered = await WasAnsweredAsync(db, pass, cancellationToken);
        var line = (await alarms.LinesOfAsync(SiteScope.Everything, [pass.AlarmId], cancellationToken)).GetValueOrDefault(pass.AlarmId);

        // After a restore, another alarm may have the same number: it was raised after the link was made.
        if (line is null || line.Alarm.WithdrawnUtc is not null || line.Alarm.RaisedMs > pass.IssuedUtc.ToUnixTimeMilliseconds())
        {
            return new(AnswerState.Gone, reader);
        }

        return await audience.MayAnswerAsync(db, directory.Book, accounts, pass.Target, line.Alarm, cancellationToken)
            ? new(StateOf(line.Alarm, wasAnswered), reader, line, pass.Name)
            : new(AnswerState.NotAllowed, reader);
    }

    private static AnswerState StateOf(Alarm alarm, bool wasAnswered) =>
        alarm.AcknowledgedUtc is not null ? AnswerState.Answered
        : wasAnswered ? AnswerState.Outdated
        : AnswerState.Open;

    /// <summary>Whether somebody acknowledged the alarm of a link since it was made.</summary>
    private static Task<bool> WasAnsweredAsync(PortalDbContext db, AnswerPass pass, CancellationToken cancellationToken) =>
        db.AlarmEvents.AnyAsync(
            e => e.AlarmId == pass.AlarmId && e.Kind == AlarmEventKind.Acknowledged && e.AtUtc >= pass.IssuedUtc, cancellationToken);

    private Reader ReaderOf(AnswerPass pass, IReadOnlyDictionary<string, User> accounts)
    {
        var address = pass.Target.Address ?? "";
        return Reader.Of(
            directory.Book.People.GetValueOrDefault(address), people.PreferencesOf(accounts.GetValueOrDefault(address)?.Id), people.Site);
    }

    private async Task<SiteScope> ScopeOfAsync(AnswerPass pass, CancellationToken cancellationToken)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return audience.ScopeOf(await Audience.AccountsAsync(db, cancellationToken), pass.Target);
    }

    private static Acknowledgement Known(Acknowledgement said, AlarmVocabulary words) => said with
    {
        Cause = said.Cause is { } cause && words.Causes.Contains(cause) ? cause : null,
        Action = said.Action is { } action && words.Actions.Contains(action) ? action : null,
    };
}
