using System.Globalization;
using Efento.Portal.Access;
using Efento.Portal.Simulation.Scenarios;
using Efento.Portal.Texts;

namespace Efento.Portal.Demo;

/// <summary>The site of a demo: pages and names are in one language, and days are those of the machine's zone.</summary>
/// <param name="Site">The site as the portal knows it.</param>
internal sealed record DemoSite(Site Site)
{
    /// <summary>The site in a language.</summary>
    /// <param name="language">The language, as two letters.</param>
    public static DemoSite Of(string language) =>
        new(new Site { Id = 1, Name = "Efento Portal", TimeZone = SiteZones.Local, Language = Languages.Find(language).Code });

    /// <summary>The scenario whose past ends at <paramref name="nowUtc"/>.</summary>
    public Scenario Make(DateTimeOffset nowUtc) => In(
        Site.Language, () => HospitalOfficeMuseum.Until(nowUtc, TimeZoneInfo.FindSystemTimeZoneById(Site.TimeZone)));

    /// <summary>What is written in a language, although the caller has another one.</summary>
    public static T In<T>(string language, Func<T> write)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = Languages.Find(language).Culture;
        try
        {
            return write();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
