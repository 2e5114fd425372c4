namespace Efento.Portal.Tests.Support;

/// <summary>Tests that take long, by what they need; the README's filter for quick runs leaves them out.</summary>
public static class Category
{
    /// <summary>The name of the trait.</summary>
    public const string Name = "Category";

    /// <summary>Looks at pages in Chromium.</summary>
    public const string Browser = "Browser";

    /// <summary>Starts, kills, starves or measures whole processes.</summary>
    public const string Fault = "Fault";

    /// <summary>Runs the demo, with its month of measurements.</summary>
    public const string Demo = "Demo";
}
