using System.Data.Common;

namespace Efento.Portal.Ingest;

/// <summary>Stores messages and their content.</summary>
internal interface IIngestStore
{
    /// <summary>Prepares the ingest statements on the writing connection. They are valid as long as the connection.</summary>
    IIngestStatements Prepare(DbConnection connection);
}
