using System.CommandLine;

namespace Efento.Portal.CommandLine;

/// <summary>The option that limits a user or a token to locations.</summary>
internal static class LocationOption
{
    /// <summary>Makes the option.</summary>
    public static Option<string[]> Create(string condition = "") => new("--location")
    {
        Description = $"{condition}A location to see alone, with what lies in it, such as \"Hospital/Ward 1\"; several times for several. Without it everything is seen.",
        HelpName = "path",
    };
}
