using System.Globalization;
using Efento.Portal.Access.Audit;
using Efento.Portal.Components.Browser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.Extensions;

namespace Efento.Portal.Components.Pages.Admin.Audit;

/// <summary>The audit trail. Its filter is part of the address, so that a result can be shared.</summary>
public sealed partial class AuditPage
{
    private const string Address = "/admin/audit";
    private const int EntriesOfAPage = 50;

    [HandedOver]
    private IReadOnlyList<string> _actions = [];
    [HandedOver]
    private AuditExcerpt? _page;

    [SupplyParameterFromQuery]
    private string? From { get; set; }

    [SupplyParameterFromQuery]
    private string? To { get; set; }

    [SupplyParameterFromQuery]
    private string? Who { get; set; }

    [SupplyParameterFromQuery]
    private string? What { get; set; }

    [SupplyParameterFromQuery]
    private string? Text { get; set; }

    [SupplyParameterFromQuery]
    private string? Before { get; set; }

    [Inject]
    private AuditQuery Trail { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private AuditFilter Filter => new() { From = Day(From), To = Day(To), Actor = Who, Action = What, Text = Text };

    private string CsvAddress => AuditCsv.Route + Query(
        (nameof(AuditFilter.From), From), (nameof(AuditFilter.To), To), (nameof(AuditFilter.Actor), Who),
        (nameof(AuditFilter.Action), What), (nameof(AuditFilter.Text), Text));

    /// <inheritdoc/>
    protected override async Task LoadAsync()
    {
        _actions = await Trail.ActionsAsync();
        _page = await Trail.ReadAsync(
            Filter, long.TryParse(Before, CultureInfo.InvariantCulture, out var before) ? before : null, EntriesOfAPage);
    }

    private void ShowOnly(string name, string? value) => Navigation.NavigateTo(AddressWith(name, value));

    /// <summary>The page's address with another filter value, starting with the newest entry.</summary>
    private string AddressWith(string name, string? value) => Address + Query(
        [.. new[] { ("from", From), ("to", To), ("who", Who), ("what", What), ("text", Text) }.Where(part => part.Item1 != name), (name, value)]);

    private static string Query(params (string Name, string? Value)[] parts) =>
        new QueryBuilder(
            parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(
                part => KeyValuePair.Create(part.Name.ToLowerInvariant(), part.Value!))).ToString();

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
