using Efento.Portal.Access;
using Efento.Portal.Access.Audit;
using Efento.Portal.Data;
using Efento.Portal.Texts;
using Microsoft.EntityFrameworkCore;

namespace Efento.Portal.Alarms.People;

/// <summary>
/// The site's words for causes and actions. Until somebody changes them there are some to begin with, in the language of the site.
/// </summary>
internal sealed class AlarmWordList(IDbContextFactory<PortalDbContext> database, WriteGate gate, AuditTrail audit, PeopleDirectory people)
{
    /// <summary>The words, in order.</summary>
    public async Task<AlarmVocabulary> ReadAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await database.CreateDbContextAsync(cancellationToken);
        return await ReadAsync(db, cancellationToken);
    }

    /// <summary>Changes the words.</summary>
    /// <param name="actor">Who decides.</param>
    /// <param name="seen">What they were when the person began.</param>
    /// <param name="wanted">What they are to be. Empty words and repetitions are left out.</param>
    /// <param name="cancellationToken">Cancels the change before anything is written.</param>
    public async Task<AlarmWordOutcome> ChangeAsync(
        Actor actor, AlarmVocabulary seen, AlarmVocabulary wanted, CancellationToken cancellationToken = default)
    {
        var tidy = wanted.Tidy();
        return tidy.Causes.Concat(tidy.Actions).Any(w => w.Length > AlarmWord.MostLetters) ? AlarmWordOutcome.TooLong
            : Math.Max(tidy.Causes.Count, tidy.Actions.Count) > AlarmWord.MostWords ? AlarmWordOutcome.TooMany
            : Math.Min(tidy.Causes.Count, tidy.Actions.Count) == 0 ? AlarmWordOutcome.Empty
            : await gate.WriteAsync(db => ChangeAsync(db, actor, seen, tidy, cancellationToken), cancellationToken);
    }

    private async Task<AlarmWordOutcome> ChangeAsync(
        PortalDbContext db, Actor actor, AlarmVocabulary seen, AlarmVocabulary wanted, CancellationToken cancellationToken)
    {
        var old = await ReadAsync(db, cancellationToken);
        if (!old.IsSame(seen))
        {
            return AlarmWordOutcome.ChangedMeanwhile;
        }

        if (!old.IsSame(wanted))
        {
            await db.AlarmWords.ExecuteDeleteAsync(cancellationToken);
            db.AlarmWords.AddRange(wanted.Words);
            await audit.AddAsync(
                db, actor, new AuditNote("words of alarms changed", "words of alarms", old.ToString(), wanted.ToString()),
                cancellationToken);
        }

        return AlarmWordOutcome.Done;
    }

    private async Task<AlarmVocabulary> ReadAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        var words = await db.AlarmWords.AsNoTracking().OrderBy(w => w.Position).ToListAsync(cancellationToken);
        if (words.Count > 0)
        {
            return new(Of(words, AlarmWordKind.Cause), Of(words, AlarmWordKind.Action));
        }

        // The caller's own language is back when this method returns.
        Languages.Use((people.Site ?? Site.Unnamed).Language);
        return AlarmVocabulary.First;
    }

    private static IReadOnlyList<string> Of(IEnumerable<AlarmWord> words, AlarmWordKind kind) =>
        [.. words.Where(w => w.Kind == kind).Select(w => w.Text)];
}

/// <summary>What came of a change of words.</summary>
internal enum AlarmWordOutcome
{
    /// <summary>It is done, or nothing needed to change.</summary>
    Done,

    /// <summary>Somebody else changed the words in the meantime.</summary>
    ChangedMeanwhile,

    /// <summary>A word is longer than <see cref="AlarmWord.MostLetters"/>.</summary>
    TooLong,

    /// <summary>A list has more than <see cref="AlarmWord.MostWords"/>.</summary>
    TooMany,

    /// <summary>A list has no word.</summary>
    Empty,
}
