using System.Text.Json.Serialization;

namespace Efento.Portal.ReadApi;

/// <summary>A page of a list.</summary>
/// <param name="Items">The items.</param>
/// <param name="Next">The value of <c>after</c> for the next page; null if there is none now.</param>
internal sealed record ItemsPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Why a request was rejected.</summary>
/// <param name="Error">The reason in words.</param>
/// <param name="Parameter">The parameter that is wrong; null if none is.</param>
internal sealed record ApiError(
    string Error, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Parameter = null);
