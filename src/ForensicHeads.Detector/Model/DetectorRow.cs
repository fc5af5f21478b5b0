using Microsoft.ML.Data;

namespace ForensicHeads.Detector.Model;

/// <summary>A row as ML.NET reads it; the vector's length is set by a schema definition.</summary>
internal sealed class DetectorRow
{
    public float[] Features { get; init; } = [];

    public bool Label { get; init; }

    public float Weight { get; init; } = 1;

    /// <summary>The schema for rows of a known number of columns.</summary>
    public static SchemaDefinition Schema(int columns)
    {
        var schema = SchemaDefinition.Create(typeof(DetectorRow));
        schema[nameof(Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, columns);
        return schema;
    }
}
