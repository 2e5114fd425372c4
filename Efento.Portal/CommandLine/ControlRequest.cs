using System.Text.Json.Serialization;

namespace Efento.Portal.CommandLine;

/// <summary>The first message of the portal. After it, a command knows that the portal listens, and sends its request.</summary>
internal sealed record ControlGreeting(string Program = "Efento Portal");

/// <summary>
/// The request of a command. It is sent to the running portal as one line of JSON, or carried out by the command itself if none runs.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(AddToken), "tokens add")]
[JsonDerivedType(typeof(ListTokens), "tokens list")]
[JsonDerivedType(typeof(RevokeToken), "tokens revoke")]
[JsonDerivedType(typeof(AddUser), "users add")]
[JsonDerivedType(typeof(LimitUser), "users limit")]
[JsonDerivedType(typeof(ResetUser), "users reset")]
[JsonDerivedType(typeof(ListUsers), "users list")]
[JsonDerivedType(typeof(StartMaintenance), "maintenance on")]
[JsonDerivedType(typeof(EndMaintenance), "maintenance off")]
[JsonDerivedType(typeof(PlanMaintenance), "maintenance plan")]
[JsonDerivedType(typeof(CancelMaintenance), "maintenance cancel")]
[JsonDerivedType(typeof(ShowMaintenance), "maintenance status")]
[JsonDerivedType(typeof(ExportRules), "rules export")]
[JsonDerivedType(typeof(ImportRules), "rules import")]
[JsonDerivedType(typeof(ExportNotifications), "notifications export")]
[JsonDerivedType(typeof(ImportNotifications), "notifications import")]
[JsonDerivedType(typeof(ListOutgoing), "outgoing list")]
[JsonDerivedType(typeof(ResetOutgoing), "outgoing reset")]
[JsonDerivedType(typeof(CopyForBackup), "backup")]
[JsonDerivedType(typeof(NoteBackup), "backup done")]
[JsonDerivedType(typeof(ShowHeld), "held show")]
[JsonDerivedType(typeof(ReleaseHeld), "held release")]
[JsonDerivedType(typeof(AcceptClock), "clock accept")]
[JsonDerivedType(typeof(ShowClock), "clock status")]
internal abstract record ControlRequest
{
    /// <summary>Whether the request makes sense on a data directory without a database.</summary>
    [JsonIgnore]
    public virtual bool MayBeginDatabase => false;

    /// <summary>How long it may take to carry it out.</summary>
    [JsonIgnore]
    public virtual TimeSpan Patience => TimeSpan.FromSeconds(10);
}

/// <summary>Makes a token valid; if none is given, a new one.</summary>
internal sealed record AddToken(
    string Name, string? Token, bool IsForApi, string? Scopes = null, string[]? Locations = null) : ControlRequest
{
    /// <inheritdoc/>
    public override bool MayBeginDatabase => true;
}

/// <summary>Shows all tokens.</summary>
internal sealed record ListTokens : ControlRequest;

/// <summary>Revokes a token.</summary>
internal sealed record RevokeToken(int Id, bool IsForApi) : ControlRequest;

/// <summary>Turns maintenance on.</summary>
internal sealed record StartMaintenance(TimeSpan Duration, string Reason) : ControlRequest
{
    /// <inheritdoc/>
    public override bool MayBeginDatabase => true;
}

/// <summary>Turns maintenance off.</summary>
internal sealed record EndMaintenance : ControlRequest;

/// <summary>Plans a maintenance. Times are as typed, in the site's time zone.</summary>
internal sealed record PlanMaintenance(string From, string Until, string Reason) : ControlRequest;

/// <summary>Cancels a planned maintenance.</summary>
internal sealed record CancelMaintenance(int Id) : ControlRequest;

/// <summary>Shows whether maintenance is on, and what is planned.</summary>
internal sealed record ShowMaintenance : ControlRequest;

/// <summary>Accepts the server's clock as it is.</summary>
internal sealed record AcceptClock : ControlRequest;

/// <summary>Shows the state of the server's clock.</summary>
internal sealed record ShowClock : ControlRequest;

/// <summary>Writes all rules as a document.</summary>
internal sealed record ExportRules : ControlRequest;

/// <summary>Makes a document the whole set of rules, or tells what it would change.</summary>
internal sealed record ImportRules(string Document, bool IsTrial) : ControlRequest
{
    /// <inheritdoc/>
    public override TimeSpan Patience => TimeSpan.FromMinutes(2);
}

/// <summary>Writes all channels, people and chains as a document.</summary>
internal sealed record ExportNotifications : ControlRequest;

/// <summary>Makes a document the whole set of channels, people and chains, or tells what it would change.</summary>
/// <param name="Document">The document.</param>
/// <param name="Secrets">The variables of the command's environment that the document names.</param>
/// <param name="IsTrial">Whether nothing is changed.</param>
internal sealed record ImportNotifications(string Document, Dictionary<string, string> Secrets, bool IsTrial) : ControlRequest
{
    /// <inheritdoc/>
    public override TimeSpan Patience => TimeSpan.FromMinutes(2);
}

/// <summary>Lists the feeds that send measurements on.</summary>
internal sealed record ListOutgoing : ControlRequest;

/// <summary>Sets a feed to what was received from a time on, as typed; without one, to what is stored from now on.</summary>
internal sealed record ResetOutgoing(string Key, string? From) : ControlRequest;

/// <summary>Copies the database for a backup. The answer is the path of the copy, which the command then takes and deletes.</summary>
internal sealed record CopyForBackup : ControlRequest
{
    /// <inheritdoc/>
    public override TimeSpan Patience => TimeSpan.FromHours(6);
}

/// <summary>Notes a backup that a command has written and checked.</summary>
internal sealed record NoteBackup(string Path, long Bytes, bool IsEncrypted, DateTimeOffset BegunUtc) : ControlRequest;

/// <summary>Shows what a restored or copied portal holds.</summary>
internal sealed record ShowHeld : ControlRequest;

/// <summary>Sends or drops what a restored or copied portal holds.</summary>
internal sealed record ReleaseHeld(bool IsDropped) : ControlRequest;

/// <summary>The result of a request.</summary>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Output">Lines for standard output.</param>
/// <param name="Notes">Lines for standard error.</param>
internal sealed record ControlReply(int ExitCode, string[] Output, string[] Notes)
{
    /// <summary>The result of a successful request.</summary>
    public static ControlReply Done(params string[] output) => new(ExitCodes.Success, output, []);

    /// <summary>The result with a table, whose columns are as wide as their contents.</summary>
    public static ControlReply Table(string[] head, IEnumerable<string[]> lines)
    {
        string[][] rows = [head, .. lines];
        var widths = head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return Done([.. rows.Select(row => string.Join("  ", row.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd())]);
    }

    /// <summary>The result of a failed request.</summary>
    public static ControlReply Failed(string why) => new(ExitCodes.Failure, [], [why]);
}
