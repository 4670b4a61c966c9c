"""Where values of an indicator gather: a map, sentences, a table; places, never people, never a rank."""

from courtepointe.press.clusters.draw import draw_clusters
from courtepointe.press.clusters.rows import clusters_csv
from courtepointe.press.clusters.setting import ClustersAsked, set_clusters
from courtepointe.press.clusters.values import ClusterArea, ClusterMap, Shown, reading

__all__ = [
    "ClusterArea",
    "ClusterMap",
    "ClustersAsked",
    "Shown",
    "clusters_csv",
    "draw_clusters",
    "reading",
    "set_clusters",
]
