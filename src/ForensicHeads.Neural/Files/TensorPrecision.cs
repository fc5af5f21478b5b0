namespace ForensicHeads.Neural.Files;

/// <summary>In how many bits the values of a tensor are stored.</summary>
public enum TensorPrecision
{
    /// <summary>32-bit floats.</summary>
    Bits32,

    /// <summary>16-bit floats.</summary>
    Bits16,

    /// <summary>Whole numbers of −127 … 127 and, in a tensor <c>NAME.row_scale</c> beside them, the step of each row (a float for each index of the first side): off by at most half a step, which is 1/254 of the row's largest value.</summary>
    Bits8,
}
