namespace ForensicHeads.Datasets.Store;

/// <summary>The columns of a row group in which each frame is by itself.</summary>
internal sealed class FrameColumns
{
    private ReadOnlyMemory<char>[] key = [];
    private long[] shard = [], offset = [], length = [], frameNumber = [], driverFrame = [];
    private double[] time = [], confidence = [], cropX = [], cropY = [], cropW = [], cropH = [], distance = [];
    private Landmarks68?[]? landmarks;

    private FrameColumns()
    {
    }

    /// <summary>Reads them.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="landmarks">The rows of the file whose landmarks are wanted.</param>
    public static async Task<FrameColumns> ReadAsync(IndexColumns columns, int[] landmarks)
    {
        var read = new FrameColumns
        {
            key = await columns.Keys("key").ConfigureAwait(false),
            shard = await columns.Small("shard").ConfigureAwait(false),
            offset = await columns.Integers("offset").ConfigureAwait(false),
            length = await columns.Integers("length").ConfigureAwait(false),
            frameNumber = await columns.Small("frame_number").ConfigureAwait(false),
            time = await columns.Reals("time_s").ConfigureAwait(false),
            confidence = await columns.Reals("landmark_confidence").ConfigureAwait(false),
            cropX = await columns.Reals("crop_x").ConfigureAwait(false),
            cropY = await columns.Reals("crop_y").ConfigureAwait(false),
            cropW = await columns.Reals("crop_w").ConfigureAwait(false),
            cropH = await columns.Reals("crop_h").ConfigureAwait(false),
            driverFrame = await columns.Small("driver_frame", nullable: true).ConfigureAwait(false),
            distance = await columns.Reals("nearest_shot_distance", nullable: true).ConfigureAwait(false),
        };
        columns.CheckLandmarks("landmarks");
        if (landmarks.Length > 0) read.landmarks = await columns.Landmarks("landmarks", landmarks).ConfigureAwait(false);
        return read;
    }

    /// <summary>The key of a row.</summary>
    public ReadOnlySpan<char> Key(int i) => key[i].Span;

    /// <summary>Where the picture of a row lies.</summary>
    public (int Shard, long Offset, long Length) Place(int i) => ((int)shard[i], offset[i], length[i]);

    /// <summary>Whether <see cref="FrameCheck"/> finds no fault with what stands here.</summary>
    public bool IsFine(int i) => StoreLayout.IsKey(Key(i)) && frameNumber[i] >= 0 && double.IsFinite((double)(float)confidence[i]
        + (float)cropX[i] + (float)cropY[i] + (float)cropW[i] + (float)cropH[i] + (double.IsNaN(distance[i]) ? 0 : (float)distance[i]));

    /// <summary>A row.</summary>
    public FrameRecord Frame(int i, FrameRecord clip) => clip with
    {
        Landmarks = landmarks?[i]!,
        Key = key[i].ToString(),
        Shard = (int)shard[i],
        Offset = offset[i],
        Length = length[i],
        FrameNumber = (int)frameNumber[i],
        TimeS = time[i],
        LandmarkConfidence = (float)confidence[i],
        CropX = (float)cropX[i],
        CropY = (float)cropY[i],
        CropW = (float)cropW[i],
        CropH = (float)cropH[i],
        DriverFrame = IndexColumns.Number(driverFrame[i]),
        NearestShotDistance = double.IsNaN(distance[i]) ? null : (float)distance[i],
    };
}
