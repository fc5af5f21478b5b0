using Microsoft.ML;
using Microsoft.ML.Data;

namespace ForensicHeads.Detector.Model;

/// <summary>Rows of features to be scored, as ML.NET reads them: <c>Features</c>, and <c>Label</c> and <c>Weight</c> as a row has them that
/// nobody labelled, which some of its models ask for and none looks at.</summary>
/// <remarks>ML.NET's own view of a list emits code at every call, which piles up where a long video is scored a few frames at a
/// time.</remarks>
internal sealed class FeatureRows : IDataView
{
    private readonly IReadOnlyList<float[]> rows;

    /// <summary>Wraps rows, which are not copied.</summary>
    /// <param name="rows">float32[n][columns].</param>
    /// <param name="columns">Length of each row.</param>
    public FeatureRows(IReadOnlyList<float[]> rows, int columns)
    {
        this.rows = rows;
        var schema = new DataViewSchema.Builder();
        schema.AddColumn(nameof(DetectorRow.Features), new VectorDataViewType(NumberDataViewType.Single, columns));
        schema.AddColumn(nameof(DetectorRow.Label), BooleanDataViewType.Instance);
        schema.AddColumn(nameof(DetectorRow.Weight), NumberDataViewType.Single);
        Schema = schema.ToSchema();
    }

    /// <inheritdoc/>
    public bool CanShuffle => false;

    /// <inheritdoc/>
    public DataViewSchema Schema { get; }

    /// <inheritdoc/>
    public long? GetRowCount() => rows.Count;

    /// <inheritdoc/>
    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(rows, Schema);

    /// <inheritdoc/>
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        [new Cursor(rows, Schema)];

    private sealed class Cursor(IReadOnlyList<float[]> rows, DataViewSchema schema) : DataViewRowCursor
    {
        private int at = -1;

        public override long Position => at;

        public override long Batch => 0;

        public override DataViewSchema Schema => schema;

        // -1 again behind the last row, as ML.NET wants it.
        public override bool MoveNext()
        {
            at = at + 1 < rows.Count ? at + 1 : -1;
            return at >= 0;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => true;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref value) => value = new DataViewRowId((ulong)at, 0);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            Delegate getter = column.Name switch
            {
                nameof(DetectorRow.Label) => (ValueGetter<bool>)((ref value) => value = false),
                nameof(DetectorRow.Weight) => (ValueGetter<float>)((ref value) => value = 1),
                _ => (ValueGetter<VBuffer<float>>)Copy,
            };
            return getter as ValueGetter<TValue>
                ?? throw new InvalidOperationException($"The column {column.Name} does not hold {typeof(TValue)}.");
        }

        private void Copy(ref VBuffer<float> value)
        {
            var row = rows[at];
            var editor = VBufferEditor.Create(ref value, row.Length);
            row.CopyTo(editor.Values);
            value = editor.Commit();
        }
    }
}
