namespace ForensicHeads.Datasets.Procedural;

/// <summary>The sRGB transfer curve (IEC 61966-2-1), by table.</summary>
internal static class Tonal
{
    private const int Steps = 8192;
    private static readonly byte[] Encoded = BuildTable();

    /// <summary>sRGB byte to linear light, 0 … 1.</summary>
    public static float ToLinear(int value)
    {
        var v = value / 255.0;
        return (float)(v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4));
    }

    /// <summary>Linear light to an sRGB byte, with a soft shoulder so that highlights do not clip hard.</summary>
    public static byte ToByte(float linear) => Encoded[(int)(Math.Clamp(linear * 0.5f, 0f, 1f) * Steps)];

    private static byte[] BuildTable()
    {
        var table = new byte[Steps + 1];
        for (var i = 0; i <= Steps; i++)
        {
            var x = 2.0 * i / Steps;
            if (x > 0.6) x = 0.6 + (0.4 * (1 - Math.Exp(-(x - 0.6) / 0.4)));
            var v = x <= 0.0031308 ? 12.92 * x : (1.055 * Math.Pow(x, 1 / 2.4)) - 0.055;
            table[i] = (byte)Math.Clamp(Math.Round(v * 255), 0, 255);
        }

        return table;
    }
}
