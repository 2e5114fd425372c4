using Efento.Portal.Alarms.Rules.Documents;
using Efento.Portal.Alarms.Rules.Editing;

namespace Efento.Portal.Alarms.Rules;

/// <summary>The rules of alarms.</summary>
internal static class RulesSetup
{
    public static void AddRules(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton<RuleDirectory>();
        builder.Services.AddSingleton<BuiltInRules>();
        builder.Services.AddSingleton<LooseRules>();
        builder.Services.AddSingleton<PlaceLog>();
        builder.Services.AddSingleton<RuleWriter>();
        builder.Services.AddSingleton<RuleService>();
        builder.Services.AddSingleton<RuleDocuments>();
        builder.Services.AddSingleton<SetupRules>();
    }

    /// <summary>
    /// Makes the built-in rules, loads all rules, follows where points lie, and takes the rules of the unattended set-up.
    /// </summary>
    public static async Task StartRulesAsync(this IServiceProvider services)
    {
        await services.GetRequiredService<BuiltInRules>().MakeAsync();
        await services.GetRequiredService<PlaceLog>().StartAsync();
        await services.GetRequiredService<RuleDirectory>().ReloadAsync();
        await services.GetRequiredService<SetupRules>().TakeAsync();
    }
}
