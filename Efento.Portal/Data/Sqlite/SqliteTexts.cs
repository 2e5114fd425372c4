using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query.SqlExpressions;
using Microsoft.EntityFrameworkCore.Storage;

namespace Efento.Portal.Data.Sqlite;

/// <summary>Translates the comparisons of <see cref="StoredText"/> to SQLite.</summary>
internal sealed class SqliteTexts(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
{
    private static readonly BoolTypeMapping Bool = new("INTEGER");
    private static readonly IntTypeMapping Int = new("INTEGER");

    /// <inheritdoc/>
    public override void Customize(ModelBuilder modelBuilder, DbContext context)
    {
        base.Customize(modelBuilder, context);
        modelBuilder.HasDbFunction(() => StoredText.Holds(default, "")).HasTranslation(args => Holds(args[0], args[1]));
        modelBuilder.HasDbFunction(() => StoredText.LiesIn("", "", "")).HasTranslation(args => LiesIn(args[0], args[1], args[2]));
    }

    /// <summary><c>lower</c> changes A to Z and nothing else.</summary>
    private static SqlBinaryExpression Holds(SqlExpression text, SqlExpression part) => Compare(
        ExpressionType.GreaterThan,
        Call(
            "instr", typeof(int), Int, Call("lower", typeof(string), text.TypeMapping, text),
            Call("lower", typeof(string), text.TypeMapping, part)),
        new SqlConstantExpression(0, Int));

    private static SqlBinaryExpression LiesIn(SqlExpression text, SqlExpression begin, SqlExpression end)
    {
        var ordinal = new CollateExpression(text, "BINARY");
        return Compare(
            ExpressionType.AndAlso,
            Compare(ExpressionType.GreaterThanOrEqual, ordinal, begin),
            Compare(ExpressionType.LessThan, ordinal, end));
    }

    private static SqlBinaryExpression Compare(ExpressionType how, SqlExpression left, SqlExpression right) =>
        new(how, left, right, typeof(bool), Bool);

    private static SqlFunctionExpression Call(string name, Type type, RelationalTypeMapping? mapping, params SqlExpression[] arguments) =>
        new(name, arguments, nullable: true, argumentsPropagateNullability: arguments.Select(_ => true), type, mapping);
}
