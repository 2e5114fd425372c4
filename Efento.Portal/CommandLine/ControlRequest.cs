using System.Text.Json.Serialization;

namespace Efento.Portal.CommandLine;

/// <summary>What the portal says first, so that a command knows it is listened to before it asks for something.</summary>
internal sealed record ControlGreeting(string Program = "Efento Portal");

/// <summary>What a command asks for: of the running portal as one line of JSON, of itself when none runs.</summary>
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
[JsonDerivedType(typeof(AcceptClock), "clock accept")]
[JsonDerivedType(typeof(ShowClock), "clock status")]
internal abstract record ControlRequest
{
    /// <summary>Whether it makes sense on a data directory that has no database yet.</summary>
    [JsonIgnore]
    public virtual bool MayBeginDatabase => false;
}

/// <summary>Makes a token valid; a new one if none is given.</summary>
internal sealed record AddToken(string Name, string? Token, bool IsForApi, string? Scopes = null, string[]? Locations = null) : ControlRequest
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

/// <summary>Plans a maintenance; times as typed, in the site's zone.</summary>
internal sealed record PlanMaintenance(string From, string Until, string Reason) : ControlRequest;

/// <summary>Cancels a planned maintenance.</summary>
internal sealed record CancelMaintenance(int Id) : ControlRequest;

/// <summary>Shows whether maintenance is on, and what is planned.</summary>
internal sealed record ShowMaintenance : ControlRequest;

/// <summary>Accepts the server's clock as it is.</summary>
internal sealed record AcceptClock : ControlRequest;

/// <summary>Shows what is known of the server's clock.</summary>
internal sealed record ShowClock : ControlRequest;

/// <summary>What became of it.</summary>
/// <param name="ExitCode">The command's exit code.</param>
/// <param name="Output">Lines for standard output.</param>
/// <param name="Notes">Lines for standard error.</param>
internal sealed record ControlReply(int ExitCode, string[] Output, string[] Notes)
{
    /// <summary>It was done.</summary>
    public static ControlReply Done(params string[] output) => new(ExitCodes.Success, output, []);

    /// <summary>A list was asked for: columns as wide as they need.</summary>
    public static ControlReply Table(string[] head, IEnumerable<string[]> lines)
    {
        string[][] rows = [head, .. lines];
        var widths = head.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        return Done([.. rows.Select(row => string.Join("  ", row.Zip(widths, (text, width) => text.PadRight(width))).TrimEnd())]);
    }

    /// <summary>It was not done.</summary>
    public static ControlReply Failed(string why) => new(ExitCodes.Failure, [], [why]);
}
